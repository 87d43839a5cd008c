"""Uploads a pile to a desk and asks for its pages until the pile is read: how long does a page take?

    python -m benchmarks.desk --pages 1000
    python -m benchmarks.desk --pages 1000 --pile FOLDER --store postgresql://HOST/NAME

Every sheet of the pile is another one, filled in by software paper; ``--pile`` keeps it for the next time. Three
visitors look at one page after another, each a second after the
last, while the pile is uploaded, read and its files written, and twice more afterwards. Told is how long an answer
took, from the request to its last byte, in milliseconds: the median, the 95th percentile and the longest.
"""

import argparse
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

from benchmarks.desk.pile import make_pile

CHUNK_BYTES = 4_000_000
VISITORS = 3
#: How long a visitor looks at a page, in seconds.
LOOK_S = 1.0
PAGES = (
    "/",
    "/piles/{pile}/pages",
    "/piles/{pile}/settle",
    "/piles/{pile}/result",
    "/piles/{pile}/result/sheets",
    "/piles/{pile}/take",
    "/piles/{pile}/forget",
)
#: How long the visitors go on when all is written, in seconds: each page twice.
AFTERWARDS_S = 2 * LOOK_S * len(PAGES)
FORM = "application/x-www-form-urlencoded"


@dataclass
class Visit:
    """A session with the desk at a port of this machine."""

    port: int
    cookie: str = ""
    csrf: str = ""
    took_ms: dict[str, list[float]] = field(default_factory=dict)

    def enter(self, address: str) -> None:
        """Comes in by the address that works once."""
        _, headers, _ = self.ask("GET", address.partition(str(self.port))[2])
        self.cookie = headers["set-cookie"].partition(";")[0]
        found = re.search(r'name="csrf" content="([^"]+)"', self.ask("GET", "/")[2].decode())
        self.csrf = found[1] if found else ""

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body."""
        host = f"127.0.0.1:{self.port}"
        own = {"Host": host, "Origin": f"http://{host}", "Cookie": self.cookie, "X-CSRF": self.csrf}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=120)
        connection.request(method, path, body, own | {name.replace("_", "-"): text for name, text in headers.items()})
        answer = connection.getresponse()
        found = answer.status, {name.lower(): text for name, text in answer.getheaders()}, answer.read()
        connection.close()
        return found

    def look(self, pile: str, is_over: threading.Event) -> None:
        """Looks at one page after another until it is over."""
        while not is_over.is_set():
            for page in PAGES:
                before = time.perf_counter()
                status, _, _ = self.ask("GET", page.format(pile=pile))
                if status != 200:  # noqa: PLR2004 - OK
                    raise RuntimeError(f"{page} answered {status}")
                self.took_ms.setdefault(page, []).append(1000 * (time.perf_counter() - before))
                is_over.wait(LOOK_S)


def upload(visit: Visit, pile: str, name: str, data: bytes) -> None:
    """Sends the file in chunks, as the page's script does."""
    begun = f"name={name}&size={len(data)}".encode()
    told = json.loads(visit.ask("POST", f"/piles/{pile}/uploads", begun, Content_Type=FORM)[2])
    for at in range(0, len(data), CHUNK_BYTES):
        visit.ask("PATCH", told["address"], data[at : at + CHUNK_BYTES], Upload_Offset=str(at))


def measure(files: list[Path], folder: Path, store: str) -> dict[str, list[float]]:
    """The times by page; says on stdout how long the pile took."""
    command = [sys.executable, "-m", "kryds", "serve", "--data", str(folder), "--no-browser"]
    command += ["--store", store] if store else []
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | {"KRYDS_HOME": str(folder)})
    address = server.stdout.readline().strip() if server.stdout else ""
    first = Visit(int(address.partition("127.0.0.1:")[2].partition("/")[0]))
    first.enter(address)
    pile = first.ask("POST", "/piles", b"name=Bunke", Content_Type=FORM)[1]["location"].split("/")[2]
    is_over = threading.Event()
    visits = [Visit(first.port, first.cookie, first.csrf) for _ in range(VISITORS)]
    looking = [threading.Thread(target=visit.look, args=(pile, is_over)) for visit in visits]
    begun = time.perf_counter()
    for each in looking:
        each.start()
    for file in files:
        upload(first, pile, file.name, file.read_bytes())
    size_mb = sum(file.stat().st_size for file in files) / 1e6
    print(f"{size_mb:.0f} MB uploaded in {time.perf_counter() - begun:.1f} s", flush=True)
    while b'id="busy"' in first.ask("GET", f"/piles/{pile}/take")[2]:
        time.sleep(LOOK_S)
    print(f"read and written after {time.perf_counter() - begun:.0f} s", flush=True)
    time.sleep(AFTERWARDS_S)
    is_over.set()
    for each in looking:
        each.join()
    server.send_signal(signal.SIGINT)
    server.wait(30)
    return {page: [each for visit in visits for each in visit.took_ms.get(page, ())] for page in PAGES}


def main() -> None:
    """Measures and prints a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--pile", type=Path, help="folder to keep the pile in for the next time")
    parser.add_argument("--store", default="", help="URL of another database, empty at the beginning")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as piles:
        files = make_pile(options.pile or Path(piles), options.pages)
        took = measure(files, Path(folder), options.store)
    took["all"] = [each for times in took.values() for each in times]
    print(f"{'page':30} {'asked':>6} {'median':>8} {'95 %':>8} {'longest':>8}   milliseconds")
    for page, times in took.items():
        late = statistics.quantiles(times, n=20)[-1]
        print(f"{page:30} {len(times):6} {statistics.median(times):8.0f} {late:8.0f} {max(times):8.0f}")


if __name__ == "__main__":
    main()
