"""kryds review: the desk's settling page on one folder of results, until the person is done."""

import getpass
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click

from kryds.desk.result import load_result
from kryds.desk.store import Store
from kryds.model.errors import ArgumentError
from kryds.model.phrases import Phrases
from kryds.model.reading import READER

#: The longest name of a reviewer, in letters: it stands in a cell of a table.
MAX_REVIEWER = 100


#: How long the server stays once it has said goodbye: style and typeface of the last page are fetched after it (s).
LAST_PAGE_S = 1.0


@dataclass(frozen=True)
class Sitting:
    """``reviewer`` is whose word it is (None: the login name), ``port`` 0 any that is free."""

    reviewer: str | None = None
    port: int = 0
    open_browser: bool = True


def serve_review(store: Store, finish: Callable[[], Path | None], phrases: Phrases, sitting: Sitting) -> None:
    """Serves the page until the person is done or presses Ctrl-C; its address goes to stdout.

    ``finish`` writes the results again and tells where the summary lies; it is called once, if anything was open.
    Raises ArgumentError for a name that cannot stand in the tables or a port that is taken.
    """
    name = reviewer_named(sitting.reviewer)
    if not load_result(store).open_items:
        click.echo(phrases.say("review.nothing_open"))
        return
    # A web server only for who reviews.
    from kryds.desk.web.listening import invite, listening, server_of  # noqa: PLC0415
    from kryds.desk.web.local_door import ADDRESS, LocalDoor  # noqa: PLC0415
    from kryds.desk.web.one_folder import OneFolder  # noqa: PLC0415

    with listening(ADDRESS, sitting.port) as listener:
        door = LocalDoor(listener.getsockname()[1], name)
        folder = OneFolder(store, finish, phrases.language)
        server = server_of(folder.app(door))
        folder.stop = lambda: threading.Timer(LAST_PAGE_S, setattr, (server, "should_exit", True)).start()
        invite(door.url, phrases.say("review.opened"), open_browser=sitting.open_browser)
        try:
            server.run(sockets=[listener])
        except KeyboardInterrupt:
            click.echo(err=True)
    if not folder.is_finished:
        finish()


def reviewer_named(name: str | None) -> str:
    """The name decisions bear. Raises ArgumentError for one that is empty, too long, or the reader's own."""
    try:
        found = " ".join((getpass.getuser() if name is None else name).split())
    except (OSError, KeyError, ImportError) as error:
        raise ArgumentError("nobody is logged in here; say who reviews with --reviewer NAME") from error
    if not found or len(found) > MAX_REVIEWER or found == READER or not found.isprintable():
        cure = f"write a name of 1 to {MAX_REVIEWER} letters; '{READER}' is the word for what no person decided"
        raise ArgumentError(f"--reviewer {found[:MAX_REVIEWER]!r}: cannot stand in the tables; {cure}")
    return found
