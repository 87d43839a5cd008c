"""kryds serve: the desk until Ctrl-C, with a worker process beside it that reads what is brought."""

import ipaddress
import os
from dataclasses import dataclass
from pathlib import Path

import click

from kryds.desk.database import connected
from kryds.desk.review import reviewer_named
from kryds.desk.voice import Voice
from kryds.desk.web.accounts import MIN_PASSWORD, Accounts
from kryds.desk.web.desk import Desk, Settings
from kryds.desk.web.entry import AccountDoor
from kryds.desk.web.frame import Frame
from kryds.desk.web.listening import invite, listening, server_of
from kryds.desk.web.local_door import ADDRESS, LocalDoor
from kryds.desk.web.people import name_fault, password_fault
from kryds.desk.web.program import program
from kryds.desk.web.register import plain_name
from kryds.desk.web.site import all_routes
from kryds.desk.web.visitor import Role
from kryds.desk.web.worker import Orders, Worker
from kryds.desk.workflow import make_folder
from kryds.model.errors import ArgumentError

#: The desk's database and the scans in its folder.
DATABASE_FILE, SCANS_FOLDER = "desk.db", "scans"
#: Only its owner looks into the desk's folder (POSIX).
FOLDER_MODE = 0o700


@dataclass(frozen=True)
class Serving:
    """Where the desk listens and keeps things; what is None lies in the folder ``data``.

    ``asks_who``: visitors need an account. They always do where the desk listens to more than this machine.
    """

    data: Path
    host: str = ADDRESS
    port: int = 0
    store_url: str | None = None
    scans_url: str | None = None
    asks_who: bool = False
    open_browser: bool = True

    @property
    def database(self) -> str:
        """The URL of its database."""
        return self.store_url or f"sqlite:///{(self.data / DATABASE_FILE).resolve()}"

    @property
    def settings(self) -> Settings:
        """What the pages need to know of it."""
        return Settings(self.data, self.scans_url or str((self.data / SCANS_FOLDER).resolve()))


def serve(serving: Serving, voice: Voice) -> None:
    """Serves the desk until Ctrl-C; its address goes to stdout. Raises ArgumentError."""
    desk = desk_of(serving, voice)
    with listening(serving.host, serving.port) as listener:
        port = listener.getsockname()[1]
        if serving.asks_who or not is_this_machine(serving.host):
            accounts = Accounts(desk.engine)
            if not accounts.has_owner():
                cure = f"kryds serve --data {serving.data} --add-owner NAME"
                raise ArgumentError(f"--host {serving.host}: nobody may come in yet; make an owner first: {cure}")
            app = program(desk, all_routes(desk, accounts), AccountDoor(accounts))
            url, words = f"http://{serving.host}:{port}/", "web.serve.listening"
        else:
            door = LocalDoor(port, reviewer_named(os.environ.get("KRYDS_REVIEWER")))
            app = program(desk, all_routes(desk), door)
            url, words = door.url, "web.serve.opened"
        worker = Worker(Orders(serving.settings, serving.database))
        worker.begin()
        invite(url, voice.phrases.say(words), open_browser=serving.open_browser)
        try:
            server_of(app).run(sockets=[listener])
        except KeyboardInterrupt:
            click.echo(err=True)
        finally:
            worker.dismiss()


def desk_of(serving: Serving, voice: Voice) -> Desk:
    """The desk in its folder, which is made. Raises ArgumentError."""
    make_folder(serving.data)
    serving.data.chmod(FOLDER_MODE)
    return Desk(serving.settings, connected(serving.database, many=True), Frame(voice.phrases.language))


def add_owner(serving: Serving, name: str, password: str, voice: Voice) -> None:
    """Makes an owner, or gives one another password. Raises ArgumentError."""
    called = plain_name(name)
    if name_fault(called):
        raise ArgumentError(f"--add-owner {name!r}: nobody can be called so; write a name of letters")
    if password_fault(password):
        raise ArgumentError(f"--add-owner {called}: the password is too short; write at least {MIN_PASSWORD} letters")
    Accounts(desk_of(serving, voice).engine).keep(called, password, Role.OWNER)


def is_this_machine(host: str) -> bool:
    """Whether only this machine can reach the address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
