"""kryds serve: the desk until Ctrl-C."""

import os
import socket
import threading
import webbrowser
from dataclasses import dataclass
from pathlib import Path

import click
import uvicorn

from kryds.desk.database import connected
from kryds.desk.review import reviewer_named
from kryds.desk.voice import Voice
from kryds.desk.web.desk import Desk, Settings
from kryds.desk.web.frame import Frame
from kryds.desk.web.local_door import ADDRESS, LocalDoor
from kryds.desk.web.site import site
from kryds.desk.workflow import make_folder
from kryds.model.errors import ArgumentError

#: The desk's database and the scans in its folder.
DATABASE_FILE, SCANS_FOLDER = "desk.db", "scans"
#: How long the server waits for pages on their way when it ends, in seconds.
FAREWELL_S = 2


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
    engine = connected(serving.store_url or f"sqlite:///{(serving.data / DATABASE_FILE).resolve()}")
    scans = serving.scans_url or str((serving.data / SCANS_FOLDER).resolve())
    desk = Desk(Settings(serving.data, scans), engine, Frame(voice.phrases.language))
    with listening(serving.host, serving.port) as listener:
        door = LocalDoor(listener.getsockname()[1], reviewer_named(os.environ.get("KRYDS_REVIEWER")))
        config = uvicorn.Config(
            site(desk, door),
            log_level="warning",
            ws="none",
            server_header=False,
            timeout_graceful_shutdown=FAREWELL_S,
        )
        invite(door.url, voice, open_browser=serving.open_browser)
        try:
            uvicorn.Server(config).run(sockets=[listener])
        except KeyboardInterrupt:
            click.echo(err=True)


def listening(address: str, port: int) -> socket.socket:
    """A socket that holds visitors until the server is up. Raises ArgumentError."""
    listener = socket.socket()
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address, port))
        listener.listen()
    except (OSError, OverflowError) as error:
        listener.close()
        raise ArgumentError(f"--port {port}: cannot be used ({error}); name another, or leave it out") from error
    return listener


def invite(url: str, voice: Voice, *, open_browser: bool) -> None:
    """Tells the address, and opens a browser on it."""
    click.echo(voice.phrases.say("web.serve.opened"), err=True)
    click.echo(url)
    if open_browser:  # beside us: a browser in the terminal would not return before the page has come
        threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()
