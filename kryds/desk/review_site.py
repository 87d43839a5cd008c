"""The review page: one item at a time, what the person says of it, and what is written down of that."""

import base64
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import resources
from typing import Any
from urllib.parse import parse_qs

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from kryds.desk.decisions import Decision, question_of
from kryds.desk.review_queue import OpenItem, ReviewQueue, ReviewWork, open_items
from kryds.model.errors import UserError
from kryds.model.phrases import Phrases
from kryds.model.reading import AnswerState, PixelRect

#: The longest word a browser of ours sends, in bytes.
MAX_BODY = 1000
#: Digits that are keys of a category, so that tenth and later categories have none.
KEYS = "123456789"
#: Room above a row's picture for the numbers of its boxes, and around a box for its outline; pixels of the picture.
NUMBERS_PX, OUTLINE_PX = 34, 5
#: What is shown around the boxes on a narrow screen, in pixels of the picture.
AROUND_BOXES_PX = 40

#: The files a page asks for: address -> (package, file in it, media type).
FILES = {
    "/review.css": ("kryds.desk.review_page", "review.css", "text/css"),
    "/review.js": ("kryds.desk.review_page", "review.js", "text/javascript"),
    "/regular.ttf": ("fontpkg_atkinson_hyperlegible", "files/AtkinsonHyperlegible-Regular.ttf", "font/ttf"),
    "/bold.ttf": ("fontpkg_atkinson_hyperlegible", "files/AtkinsonHyperlegible-Bold.ttf", "font/ttf"),
}


@dataclass(frozen=True)
class Picture:
    """A row's picture as the template draws it, in its pixels; ``narrow`` is the part around the boxes."""

    data_url: str
    width: int
    height: int
    boxes: tuple[PixelRect, ...]

    @property
    def whole(self) -> PixelRect:
        """All of it, and the numbers above."""
        return PixelRect(0, -NUMBERS_PX, self.width, self.height + NUMBERS_PX)

    @property
    def narrow(self) -> PixelRect:
        """The part a narrow screen shows: from the first box to the last."""
        if not self.boxes:
            return self.whole
        left = max(min(box.x for box in self.boxes) - AROUND_BOXES_PX, 0)
        right = min(max(box.x + box.width for box in self.boxes) + AROUND_BOXES_PX, self.width)
        return PixelRect(left, self.whole.y, right - left, self.whole.height)


class ReviewSite:
    """One person's sitting. ``stop`` is what ends the server once the results are written."""

    def __init__(self, work: ReviewWork, phrases: Phrases, reviewer: str) -> None:
        self._work, self._phrases, self._reviewer = work, phrases, reviewer
        self._queue = ReviewQueue(open_items(work.groups, work.crops))
        self._said = ""
        self.finished = False
        self.stop: Callable[[], None] = lambda: None
        environment = Environment(
            loader=PackageLoader("kryds.desk", "review_page"), autoescape=True, undefined=StrictUndefined
        )
        self._template = environment.get_template("page.html")

    def app(self) -> Starlette:
        """The site as a program for a web server."""
        files = [Route(path, _serving(*file)) for path, file in FILES.items()]
        return Starlette(
            routes=[Route("/", self._show, methods=["GET"]), Route("/", self._hear, methods=["POST"]), *files]
        )

    async def _show(self, _: Request) -> Response:
        said, self._said = self._said, ""
        return self._page("item" if self._queue.current is not None else "settled", said=said)

    async def _hear(self, request: Request) -> Response:
        """Takes in one word of the person's; a word on an item that is not the current one changes nothing."""
        words = {key: values[0] for key, values in parse_qs((await _body(request)).decode("latin-1")).items()}
        word, number = words.get("do", ""), words.get("number", "")
        try:
            if word == "finish":
                return self._written()
            if word == "undo":
                self._undo()
            elif number != str(self._queue.current):
                self._said = self._phrases.say("review.elsewhere")
            elif word == "skip":
                self._said = self._about("skipped", self._item)
                self._queue.skip()
            else:
                self._settle(word)
        except UserError as error:
            return self._page("item" if self._queue.current is not None else "settled", error=str(error))
        return RedirectResponse("/", 303)

    @property
    def _item(self) -> OpenItem:
        return self._queue.items[self._queue.current or 0]

    def _settle(self, word: str) -> None:
        item = self._item
        choices = {str(choice): choice for choice, _ in enumerate(item.edition.form.options, start=1)}
        states = {"blank": AnswerState.BLANK, "multiple": AnswerState.MULTIPLE}
        if word in choices:
            self._work.decide(self._decision(item, AnswerState.ANSWERED, choices[word]))
            self._said = self._about("answered", item, category=item.edition.form.options[choices[word] - 1].label)
        elif word in states:
            self._work.decide(self._decision(item, states[word]))
            self._said = self._about(f"said_{word}", item)
        else:
            return
        self._queue.settle()

    def _undo(self) -> None:
        if self._queue.last is None:
            self._said = self._phrases.say("review.nothing_to_undo")
            return
        number, was_settled = self._queue.last
        item = self._queue.items[number]
        if was_settled:
            self._work.decide(self._decision(item, AnswerState.DOUBTFUL))
        self._queue.undo()
        self._said = self._about("undone", item)

    def _written(self) -> Response:
        summary = self._work.finish()
        self.finished = True
        page = self._page("written", summary=summary)
        page.background = BackgroundTask(self.stop)
        return page

    def _decision(self, item: OpenItem, state: AnswerState, choice: int | None = None) -> Decision:
        return Decision(
            digest=item.sheet.digest,
            sheet=item.sheet.sheet,
            source=item.page.source,
            index=item.page.index,
            item_id=item.answer.item_id,
            state=state,
            choice=choice,
            who=self._reviewer,
            when=datetime.now(UTC).isoformat(timespec="milliseconds"),
            why=question_of(item.answer),
        )

    def _about(self, key: str, item: OpenItem, **values: str) -> str:
        return self._phrases.say(f"review.{key}", sheet=item.sheet.sheet, item=item.answer.item_id, **values)

    def _page(self, kind: str, **values: Any) -> HTMLResponse:  # noqa: ANN401 - as the template takes them
        item = self._item if kind == "item" else None
        text = self._template.render(
            kind=kind,
            item=item,
            number=self._queue.current,
            picture=picture_of(item) if item else None,
            reasons=[self._phrases.reason(reason) for reason in item.answer.reasons] if item else [],
            queue=self._queue,
            reviewer=self._reviewer,
            keys=KEYS,
            outline=OUTLINE_PX,
            language=self._phrases.language,
            say=lambda key, **blanks: self._phrases.say(f"review.{key}", **blanks),
            **{"said": "", "error": "", "summary": None, **values},
        )
        return HTMLResponse(text)


def picture_of(item: OpenItem) -> Picture | None:
    """The row's picture inside the page itself: it is there at once and nowhere else."""
    if item.crop is None:
        return None
    from PIL import Image  # noqa: PLC0415 - only its header is read

    with Image.open(io.BytesIO(item.crop.jpeg)) as image:
        width, height = image.size
    data = base64.b64encode(item.crop.jpeg).decode()
    return Picture(f"data:image/jpeg;base64,{data}", width, height, item.crop.boxes)


async def _body(request: Request) -> bytes:
    """The body, or as much of it as a browser of ours would send."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            return b""
    return body


def _serving(package: str, name: str, media_type: str) -> Callable[[Request], Response]:
    def serve(_: Request) -> Response:
        return Response(resources.files(package).joinpath(name).read_bytes(), media_type=media_type)

    return serve
