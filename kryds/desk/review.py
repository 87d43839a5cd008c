"""kryds review: serves the review page to this machine's browser until the person is done.

with open_store(place) as store:
    result = load_result(store)
    work = ReviewWork(result.groups, store.crops(), store.decide, finish)
    serve_review(work, voice.phrases, Sitting(reviewer, port, open_browser=not no_browser))
"""

import getpass
import socket
import threading
import webbrowser
from dataclasses import dataclass

import click

from kryds.desk.review_queue import ReviewWork, open_items
from kryds.model.errors import ArgumentError
from kryds.model.phrases import Phrases
from kryds.model.reading import READER

__all__ = ["ReviewWork", "Sitting", "reviewer_named", "serve_review"]

#: How long the server waits for a browser to take in the last page, in seconds.
FAREWELL_S = 2
#: The longest name of a reviewer, in letters: it stands in a cell of a table.
MAX_REVIEWER = 100


@dataclass(frozen=True)
class Sitting:
    """``reviewer`` is whose word it is (None: the login name), ``port`` 0 any that is free."""

    reviewer: str | None = None
    port: int = 0
    open_browser: bool = True


def serve_review(work: ReviewWork, phrases: Phrases, sitting: Sitting) -> None:
    """Serves the page until the person is done or presses Ctrl-C; its address goes to stdout.

    Raises ArgumentError for a name that cannot stand in the tables or a port that is taken.
    """
    name = reviewer_named(sitting.reviewer)
    if not open_items(work.groups, work.crops):
        click.echo(phrases.say("review.nothing_open"))
        return
    import uvicorn  # noqa: PLC0415 - a web server only for who reviews

    from kryds.desk.review_door import ADDRESS, Door, Guarded  # noqa: PLC0415 - as above
    from kryds.desk.review_site import ReviewSite  # noqa: PLC0415 - as above

    with _listening(ADDRESS, sitting.port) as listener:
        door = Door(listener.getsockname()[1])
        site = ReviewSite(work, phrases, name)
        server = uvicorn.Server(
            uvicorn.Config(
                Guarded(site.app(), door),
                log_level="warning",
                lifespan="off",
                ws="none",
                server_header=False,
                timeout_graceful_shutdown=FAREWELL_S,
            )
        )
        site.stop = lambda: setattr(server, "should_exit", True)
        _invite(door.url, phrases, open_browser=sitting.open_browser)
        try:
            server.run(sockets=[listener])
        except KeyboardInterrupt:
            click.echo(err=True)
    if not site.finished:
        work.finish()


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


def _listening(address: str, port: int) -> socket.socket:
    """A socket that holds visitors until the server is up."""
    listener = socket.socket()
    try:
        listener.bind((address, port))
        listener.listen()
    except (OSError, OverflowError) as error:
        listener.close()
        raise ArgumentError(f"--port {port}: cannot be used ({error}); name another, or leave it out") from error
    return listener


def _invite(url: str, phrases: Phrases, *, open_browser: bool) -> None:
    click.echo(phrases.say("review.opened"), err=True)
    click.echo(url)
    if open_browser:  # beside us: a browser in the terminal would not return before the page has come
        threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()
