"""Three answers that await a person, on two sheets, and a browser's side of the conversation without a network."""

import asyncio
import io
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from PIL import Image, ImageDraw
from starlette.types import ASGIApp, Message

from kryds.desk.decisions import Decision
from kryds.desk.review_queue import CropKey, ReviewWork
from kryds.model.reading import PixelRect, RowCrop, SheetReading
from kryds.model.scores import GroupSummary
from tests.desk.exports.groups import group, sheet

BOXES = tuple(PixelRect(left, 20, 40, 40) for left in (500, 600, 700))


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


def less_sure(reading: SheetReading, item_id: str, confidence: float) -> SheetReading:
    answers = tuple(
        replace(answer, confidence=confidence) if answer.item_id == item_id else answer for answer in reading.answers
    )
    return replace(reading, answers=answers, pages=(replace(reading.pages[0], answers=answers),))


FIRST = sheet("1", "<b>Bo</b>", 1, "multiple", 2, 2, 2)
SECOND = less_sure(sheet("2", "", "doubtful", 1, 1, "doubtful", 1), "2.2", 0.1)
SECOND = replace(SECOND, pages=(replace(SECOND.pages[0], index=4),))
GROUPS = (group(FIRST, SECOND),)
CROPS: dict[CropKey, RowCrop] = {
    ("bunke.pdf", 4, "2.2"): RowCrop("2.2", row_picture(0), BOXES),
    ("bunke.pdf", 3, "1.2"): RowCrop("1.2", row_picture(1), BOXES),
    ("bunke.pdf", 4, "1.1"): RowCrop("1.1", row_picture(2), BOXES),
}


@dataclass
class Desk:
    """What was written down."""

    groups: tuple[GroupSummary, ...] = GROUPS
    decisions: list[Decision] = field(default_factory=list)
    finished: int = 0

    def finish(self) -> Path:
        """Counts how often the results were written."""
        self.finished += 1
        return Path("resultat/summary.pdf")

    @property
    def work(self) -> ReviewWork:
        """What the page is opened on."""
        return ReviewWork(self.groups, CROPS, self.decisions.append, self.finish)

    @property
    def words(self) -> list[tuple[str, str, int | None]]:
        """Item, state and choice of each decision."""
        return [(each.item_id, each.state.value, each.choice) for each in self.decisions]


@dataclass
class Heard:
    """An answer of a site."""

    status: int
    headers: dict[str, str]
    text: str


def ask(app: ASGIApp, address: str = "/", headers: dict[str, str] | None = None, **words: str) -> Heard:
    """One request, as a browser sends it: with words it is a POST of a form."""
    path, _, query = address.partition("?")
    scope: dict[str, Any] = {
        "type": "http", "http_version": "1.1", "method": "POST" if words else "GET", "scheme": "http", "path": path,
        "raw_path": path.encode(), "root_path": "", "query_string": query.encode(), "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 1), "headers": [(k.encode(), v.encode()) for k, v in (headers or {}).items()],
    }  # fmt: skip
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": urlencode(words).encode(), "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))  # type: ignore[arg-type]
    body = b"".join(message.get("body", b"") for message in sent[1:])
    found = {key.decode(): value.decode() for key, value in sent[0]["headers"]}
    return Heard(sent[0]["status"], found, body.decode("utf-8", "replace"))
