"""A desk served for a browser, and what a browser sees of it."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from kryds.desk.web.desk import Desk
from kryds.desk.web.guard import Door
from kryds.desk.web.program import program
from kryds.desk.web.site import all_routes


@contextmanager
def served(desk: Desk, door: Door) -> Iterator[str]:
    """The desk's address while it is served."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(program(desk, all_routes(desk), door), log_level="warning", ws="none", lifespan="off")
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()
