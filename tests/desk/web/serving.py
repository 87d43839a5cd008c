"""kryds serve as a user runs it: a process of its own, with its worker; and a browser to look at it."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium")
#: How long anything may take, in seconds, on a machine with other work.
PATIENCE_S = 90
#: Longer than a settling page waits before it believes that a key is meant for the row that is shown.
A_LOOK_MS = 200
#: Longer than a row takes to be painted, and too short to have looked at it.
A_BLINK_MS = 100
HOUR_MS = 3_600_000


@dataclass
class Serving:
    """A desk being served; ``address`` opens it, once."""

    process: subprocess.Popen[str]
    address: str

    @property
    def port(self) -> int:
        """Where it listens."""
        found = re.search(r":(\d+)/", self.address)
        assert found
        return int(found[1])

    def kill(self) -> None:
        """Ends the server as a power cut would, and its worker with it."""
        self.process.kill()
        self.process.wait(10)

    def end(self) -> None:
        """Ends the server as Ctrl-C does."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        self.process.wait(20)


def serve(data: Path, *arguments: str) -> Serving:
    """Starts a desk in the folder ``data``."""
    command = [sys.executable, "-m", "kryds", "serve", "--data", str(data), "--no-browser", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | {"KRYDS_REVIEWER": "Åse"})
    assert process.stdout
    return Serving(process, process.stdout.readline().strip())


@contextmanager
def chromium() -> Iterator[Browser]:
    """A real browser."""
    if not CHROMIUM:
        pytest.skip("needs chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield browser
        browser.close()


def look(page: Page) -> None:
    """Waits until a settling page's row has been looked at, by the page's own clock, however slow the machine."""
    page.locator("#row:not([aria-busy])").wait_for()
    painted = "done => requestAnimationFrame(() => requestAnimationFrame(done))"
    page.evaluate(f"ms => new Promise({painted}).then(() => new Promise(done => setTimeout(done, ms)))", A_LOOK_MS)


def stop_clock(page: Page) -> None:
    """From now on, long after its first row was seen, a settling page's time goes on only by ``page.clock.run_for``."""
    page.clock.install(time=0)
    page.reload()
    page.locator("#settling[data-keys]").wait_for()
    page.clock.pause_at(HOUR_MS)


@dataclass
class Script:
    """Talks to a served desk as the script of its pages does."""

    port: int
    cookie: str = ""
    csrf: str = ""

    @staticmethod
    def entered(serving: Serving) -> "Script":
        """In by the address that works once."""
        script = Script(serving.port)
        _, headers, _ = script.ask("GET", serving.address.partition(str(serving.port))[2])
        script.cookie = headers["set-cookie"].partition(";")[0]
        script.csrf = script.word()
        return script

    def word(self) -> str:
        """What every form of the session sends back."""
        found = re.search(r'name="csrf" content="([^"]+)"', self.ask("GET", "/")[2].decode())
        assert found
        return found[1]

    def json(self, method: str, path: str, body: bytes = b"", **headers: str) -> Any:  # noqa: ANN401 - JSON
        """What the desk tells a script."""
        return json.loads(self.ask(method, path, body, **headers)[2])

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body."""
        host = f"127.0.0.1:{self.port}"
        own = {"Host": host, "Origin": f"http://{host}", "Cookie": self.cookie, "X-CSRF": self.csrf}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, own | {k.replace("_", "-"): v for k, v in headers.items()})
            answer = connection.getresponse()
            return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
        finally:
            connection.close()


def until(is_so: Callable[[], bool]) -> None:
    """Waits until it is so."""
    end = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.1)
