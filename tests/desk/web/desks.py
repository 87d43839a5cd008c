"""Desks to test with: a folder of one's own, piles of software paper, and a browser's side without a network."""

import asyncio
import io
import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from PIL import Image, ImageDraw
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message

from kryds.desk.database import connected
from kryds.desk.store import StoredFile
from kryds.desk.web.desk import Desk, Settings
from kryds.desk.web.frame import Frame
from kryds.desk.web.jobs import JobKind
from kryds.desk.web.program import program
from kryds.desk.web.register import Pile
from kryds.desk.web.site import all_routes
from kryds.desk.web.visitor import Role, Visitor
from kryds.desk.web.worker import work_off
from kryds.model.page_code import PageCode
from kryds.model.reading import PixelRect, RowCrop
from kryds.reader.read import PageRead
from kryds.samples.paper.files import as_pdf
from tests.desk.exports.groups import EDITION, sheet
from tests.desk.piles import foreign, scanned

HOST = "desk.test"
MOMENT = "2026-11-24T10:00:00.000+00:00"
CSRF = "our-word"
FORM = "application/x-www-form-urlencoded"
BOXES = tuple(PixelRect(left, 20, 40, 40) for left in (500, 600, 700))


@dataclass
class OpenDoor:
    """Lets everybody in, as whom it is told."""

    name: str = "Åse"
    role: Role = Role.OWNER

    def admit(self, _: HTTPConnection) -> Visitor:
        """The visitor."""
        return Visitor(self.name, self.role, CSRF)


@dataclass(frozen=True)
class Heard:
    """An answer of the desk."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """As a page."""
        return self.body.decode()

    @property
    def told(self) -> Any:  # noqa: ANN401 - JSON
        """As a script reads it."""
        return json.loads(self.body)


@dataclass
class Browser:
    """Asks a site as a browser would; with words it sends a form of ours."""

    app: ASGIApp
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, address: str, **headers: str) -> Heard:
        """A page."""
        return self.ask("GET", address, b"", {"accept": "text/html"} | headers)

    def post(self, address: str, **words: str) -> Heard:
        """A form of a page of ours."""
        body = urlencode({"csrf": CSRF} | words).encode()
        return self.ask("POST", address, body, {"content-type": FORM})

    def send(self, address: str, **words: str) -> Heard:
        """The same, as a script sends it."""
        return self.ask("POST", address, urlencode(words).encode(), {"content-type": FORM, "x-csrf": CSRF})

    def ask(self, method: str, address: str, body: bytes, headers: dict[str, str]) -> Heard:
        """Anything."""
        path, _, query = address.partition("?")
        own = {"host": HOST, "origin": f"http://{HOST}", **self.headers, **headers}
        scope: dict[str, Any] = {
            "type": "http", "http_version": "1.1", "method": method, "scheme": "http", "path": path,
            "raw_path": path.encode(), "root_path": "", "query_string": query.encode(), "client": ("10.0.0.7", 1),
            "server": (HOST, 80), "headers": [(k.encode(), v.encode()) for k, v in own.items() if v],
        }  # fmt: skip
        sent: list[Message] = []

        parts = [body]

        async def receive() -> Message:
            if not parts:
                await asyncio.Event().wait()  # the browser stays
            return {"type": "http.request", "body": parts.pop(), "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        asyncio.run(self.app(scope, receive, send))  # type: ignore[arg-type]
        found = {key.decode(): value.decode() for key, value in sent[0]["headers"]}
        return Heard(sent[0]["status"], found, b"".join(message.get("body", b"") for message in sent[1:]))


def new_desk(folder: Path, url: str | None = None, **limits: int) -> Desk:
    """A desk that speaks Danish to who asks for nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    engine = connected(url or f"sqlite:///{folder / 'desk.db'}", many=True)
    return Desk(Settings(folder, str(folder / "scans"), **limits), engine, Frame("da"))


def browser(desk: Desk, role: Role = Role.OWNER, name: str = "Åse") -> Browser:
    """A visitor's browser."""
    return Browser(program(desk, all_routes(desk), OpenDoor(name, role)))


def brought(desk: Desk, pile: Pile, name: str, data: bytes) -> str:
    """A file that was uploaded whole; its key."""
    upload = desk.uploads.begin(pile.id, (name, len(data)), MOMENT)
    desk.uploads.part(upload.key).write_bytes(data)
    desk.uploads.finish(upload)
    return upload.key


def read_pile(desk: Desk, *, name: str = "Prøve") -> Pile:
    """A pile of three sheets, one with two crosses, and a page of other paper; read, and its files written."""
    pile = desk.register.add(name, MOMENT)
    brought(desk, pile, "bunke.pdf", as_pdf([scanned(1), scanned(2), scanned(3), foreign()]))
    desk.jobs.add(pile.id, JobKind.READ, "da", MOMENT)
    assert work_off(desk)
    return pile


def open_pile(desk: Desk, sheets: int = 2, people: int = 1) -> Pile:
    """A pile with three open answers on every two sheets, which nobody scanned."""
    pile = desk.register.add("Tvivl", MOMENT)
    desk.register.change(pile, people=people)
    store = desk.store(pile)
    store.keep_editions({EDITION.digest: EDITION})
    store.keep_files([StoredFile("bunke.pdf", Path("bunke.pdf"), "f" * 64, sheets)])
    pages = [_page(number) for number in range(sheets)]
    store.keep_pages("f" * 64, pages)
    return pile


def row_picture(crossed: int) -> bytes:
    """A row of three boxes with a cross in one."""
    image = Image.new("L", (800, 80), 255)
    draw = ImageDraw.Draw(image)
    for box in BOXES:
        draw.rectangle((box.x, box.y, box.x + box.width, box.y + box.height), outline=0, width=3)
    box = BOXES[crossed]
    draw.line((box.x + 5, box.y + 5, box.x + 35, box.y + 35), 0, 4)
    draw.line((box.x + 5, box.y + 35, box.x + 35, box.y + 5), 0, 4)
    file = io.BytesIO()
    image.save(file, "JPEG")
    return file.getvalue()


def _page(index: int) -> PageRead:
    given = ("doubtful", 1, 1, "doubtful", 1) if index % 2 else (1, "multiple", 2, 2, 2)
    page = sheet(str(index + 1), "", *given).pages[0]
    code = PageCode("frokost", EDITION.digest, "", index + 1, 1)
    answers = tuple(replace(each, confidence=0.1) if each.item_id == "2.2" else each for each in page.answers)
    crops = tuple(RowCrop(each.item_id, row_picture(1), BOXES) for each in answers if each.is_open)
    return PageRead(replace(page, index=index, code=code, answers=answers), crops)
