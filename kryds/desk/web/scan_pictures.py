"""A page of a scan as a picture for the browser, drawn in a process of its own: files from outside end no server."""

import io
import threading
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kryds.desk.web.desk import Desk
from kryds.desk.web.visitor import Right
from kryds.model.errors import ScanFileError

#: The longer side of a picture in pixels: an A4 page is read at 170 dpi.
LONGER_SIDE_PX, SMALL_SIDE_PX = 2000, 480
JPEG_QUALITY = 70


def routes(desk: Desk) -> list[BaseRoute]:
    """The pages of this group."""
    drawer = Drawer()

    def show(request: Request) -> Response:
        """``?small``: a small one; ``?stored``: as it lies in its file, not turned upright."""
        pile = desk.pile(request, Right.SETTLE)
        files = desk.store(pile).files()
        number, page = request.path_params["file"], request.path_params["page"]
        file = desk.there(files[number - 1] if 1 <= number <= len(files) else None)
        desk.there(page if 1 <= page <= file.pages else None)
        side = SMALL_SIDE_PX if "small" in request.query_params else LONGER_SIDE_PX
        turn = 0 if "stored" in request.query_params else desk.store(pile).rotation((file.sha256, page - 1))
        path = scan_at_hand(desk, pile.id, file.path)
        picture = drawer.draw(Wanted(path, page - 1, side, turn)) if path else None
        return Response(desk.there(picture), media_type="image/jpeg")

    return [Route("/piles/{pile}/scan/{file:int}/{page:int}.jpg", show, name="scan")]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Page ``index`` (from 0), turned clockwise by ``turn_deg``, at most ``side_px`` long."""

    path: Path
    index: int
    side_px: int
    turn_deg: int


@dataclass
class Drawer:
    """One process that draws; begun when first needed, and again after a file that was too much for it."""

    _pool: Executor | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def draw(self, wanted: Wanted) -> bytes | None:
        """A JPEG; None where there is nothing to show."""
        with self._lock:
            if self._pool is None:
                self._pool = ProcessPoolExecutor(1, get_context("spawn"))
            pool = self._pool
        try:
            return pool.submit(drawn, wanted).result()
        except BrokenProcessPool:
            with self._lock:
                self._pool = None
            return None

    def end(self) -> None:
        """Lets the process go."""
        with self._lock:
            if self._pool:
                self._pool.shutdown()
                self._pool = None


def drawn(wanted: Wanted) -> bytes | None:
    """The picture of a page; None when the page cannot be decoded."""
    from PIL import Image  # noqa: PLC0415 - only in the process that draws

    from kryds.reader.scan import ScanFault, load_pages  # noqa: PLC0415 - as above

    try:
        page = next(load_pages(wanted.path, "", (wanted.index,)), None)
    except ScanFileError:
        return None
    if page is None or isinstance(page, ScanFault):
        return None
    image = Image.fromarray(page.gray).rotate(-wanted.turn_deg, expand=True)
    image.thumbnail((wanted.side_px, wanted.side_px))
    file = io.BytesIO()
    image.save(file, "JPEG", quality=JPEG_QUALITY)
    return file.getvalue()


def scan_at_hand(desk: Desk, pile: str, path: Path) -> Path | None:
    """Where the scan is on this machine; None when it was dropped."""
    try:
        found = desk.scans.path(pile, path.name) if path.name else path
    except FileNotFoundError:
        return None
    return found if found.is_file() else None
