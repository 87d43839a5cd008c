"""kryds serve: the desk until Ctrl-C."""

import os
from dataclasses import dataclass
from pathlib import Path

import click

from kryds.desk.database import connected
from kryds.desk.review import reviewer_named
from kryds.desk.voice import Voice
from kryds.desk.web.desk import Desk, Settings
from kryds.desk.web.frame import Frame
from kryds.desk.web.listening import invite, listening, server_of
from kryds.desk.web.local_door import ADDRESS, LocalDoor
from kryds.desk.web.program import program
from kryds.desk.web.site import all_routes
from kryds.desk.web.worker import Orders, Worker
from kryds.desk.workflow import make_folder

#: The desk's database and the scans in its folder.
DATABASE_FILE, SCANS_FOLDER = "desk.db", "scans"


@dataclass(frozen=True)
class Serving:
    """Where the desk listens and keeps things; what is None lies in the folder ``data``."""

    data: Path
    host: str = ADDRESS
    port: int = 0
    store_url: str | None = None
    scans_url: str | None = None
    open_browser: bool = True


def serve(serving: Serving, voice: Voice) -> None:
    """Serves the desk until Ctrl-C; its address goes to stdout. Raises ArgumentError."""
    make_folder(serving.data)
    database = serving.store_url or f"sqlite:///{(serving.data / DATABASE_FILE).resolve()}"
    settings = Settings(serving.data, serving.scans_url or str((serving.data / SCANS_FOLDER).resolve()))
    desk = Desk(settings, connected(database), Frame(voice.phrases.language))
    with listening(serving.host, serving.port) as listener:
        door = LocalDoor(listener.getsockname()[1], reviewer_named(os.environ.get("KRYDS_REVIEWER")))
        server = server_of(program(desk, all_routes(desk), door))
        invite(door.url, voice.phrases.say("web.serve.opened"), open_browser=serving.open_browser)
        worker = Worker(Orders(settings, database))
        worker.begin()
        try:
            server.run(sockets=[listener])
        except KeyboardInterrupt:
            click.echo(err=True)
        finally:
            worker.dismiss()
