"""A desk served for Chromium, and forms sent without one."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from kryds.desk.web.accounts import Accounts
from kryds.desk.web.desk import Desk
from kryds.desk.web.guard import Door
from kryds.desk.web.program import program
from kryds.desk.web.site import all_routes
from tests.desk.web.desks import CSRF, Browser, Heard
from tests.desk.web.serving import chromium


def sent(visitor: Browser, address: str, **words: str) -> Heard:
    """The answer to a form of ours."""
    kind = {"content-type": "application/x-www-form-urlencoded"}
    return visitor.ask("POST", address, urlencode({"csrf": CSRF} | words).encode(), kind)


@contextmanager
def looking(address: str) -> Iterator[BrowserContext]:
    """A Danish visitor's browser, in through the desk's door; what a page complains of in its console is a failure."""
    with chromium() as browser:
        # Without motion: a colour looked at half-way to the next one is nobody's colour.
        context = browser.new_context(locale="da-DK", base_url=address, reduced_motion="reduce")
        said: list[str] = []
        context.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        yield context
    assert said == []


def barriers(page: Page) -> list[str]:
    """What axe finds on the page."""
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found]


@contextmanager
def served(desk: Desk, door: Door, accounts: Accounts | None = None) -> Iterator[str]:
    """The desk's address while it is served."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(program(desk, all_routes(desk, accounts), door), log_level="warning", ws="none", lifespan="off")
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
