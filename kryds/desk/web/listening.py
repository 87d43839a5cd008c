"""A place to listen at, and an invitation to it."""

import socket
import threading
import webbrowser

import click
import uvicorn
from starlette.types import ASGIApp

from kryds.model.errors import ArgumentError

#: How long the server waits for pages on their way when it ends, in seconds.
FAREWELL_S = 2


def listening(address: str, port: int) -> socket.socket:
    """A socket that holds visitors until the server is up. Raises ArgumentError."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listener = socket.socket(family)
    try:
        if port:  # a server that ended a moment ago still holds its port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address, port))
        listener.listen()
    except (OSError, OverflowError) as error:
        listener.close()
        raise ArgumentError(
            f"--host {address} --port {port}: cannot be used ({error}); name another port, or leave it out"
        ) from error
    return listener


def server_of(app: ASGIApp) -> uvicorn.Server:
    """A server that tells nothing of itself."""
    config = uvicorn.Config(
        app, log_level="warning", lifespan="off", ws="none", server_header=False, timeout_graceful_shutdown=FAREWELL_S
    )
    return uvicorn.Server(config)


def invite(url: str, words: str, *, open_browser: bool) -> None:
    """Tells the address on stdout, and opens a browser on it."""
    click.echo(words, err=True)
    click.echo(url)
    if open_browser:  # beside us: a browser in the terminal would not return before the page has come
        threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()
