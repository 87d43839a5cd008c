"""Settling: one row after another, riskiest first; the page holds the next rows ready before they are asked for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock
from urllib.parse import quote

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kryds.desk.decisions import Decision
from kryds.desk.intake import is_as_read
from kryds.desk.store import StoredFile
from kryds.desk.web.desk import Desk, now
from kryds.desk.web.guard import CSRF_HEADER, number_in, words_of
from kryds.desk.web.jobs import JobKind
from kryds.desk.web.queue import Ask, Queue, RowKey, Word, words_for
from kryds.desk.web.register import Pile
from kryds.desk.web.row_picture import picture_of, weighed
from kryds.desk.web.scan_pictures import scan_at_hand
from kryds.desk.web.visitor import Right
from kryds.model.page_code import SERIAL, serial_of, sheet_in
from kryds.model.phrases import Phrases
from kryds.model.reading import SHEET_ITEM, AnswerState

#: Rows a page holds ready besides the one it shows.
AHEAD = 3
#: The most rows a page may say it has or has skipped: a person skips a few.
MAX_NAMED = 500


def routes(desk: Desk) -> list[BaseRoute]:
    """The pages of this group; who is done is shown the files, which are written anew."""

    def finished(request: Request, pile: Pile) -> Response:
        desk.jobs.add(pile.id, JobKind.WRITE, desk.phrases(request).language, now())
        return RedirectResponse(request.app.url_path_for("take", pile=pile.id), 303)

    def double(request: Request) -> Response:
        pile = desk.pile(request, Right.BRING)
        desk.register.change(pile, people=2 if words_of(request).get("people") == "2" else 1)
        return RedirectResponse(request.app.url_path_for("settle", pile=pile.id), 303)

    return [*settling_routes(desk, finished), Route("/piles/{pile}/double", double, name="double", methods=["POST"])]


def settling_routes(desk: Desk, finished: Callable[[Request, Pile], Response]) -> list[BaseRoute]:
    """The settling page; ``finished`` answers who is done."""
    settling = Settling(desk)

    def show(request: Request) -> Response:
        pile, who = desk.pile(request, Right.SETTLE), desk.visitor(request).name
        queue = settling.queue(pile)
        skipped = _keys(request.query_params.get("skipped", ""))
        asks = queue.next(who, 1, skipped) or queue.next(who, 1)
        said = next((word for key, word in refusals(desk.phrases(request)).items() if key in request.query_params), "")
        row = Markup(settling.row(pile, asks[0], desk.phrases(request))) if asks else None  # noqa: S704 - our own part, escaped
        last = queue.last_of(who)
        return desk.page(request, "settle.html", pile=pile, row=row, queue=queue, last=last, said=said,
                         skipped=request.query_params.get("skipped", ""), may_double=desk.only is None)  # fmt: skip

    def ahead(request: Request) -> Response:
        """More rows, as parts of the page: those the page has not yet."""
        pile, who = desk.pile(request, Right.SETTLE), desk.visitor(request).name
        queue = settling.queue(pile)
        asks = queue.next(who, AHEAD, _keys(request.query_params.get("have", "")))
        return JSONResponse(settling.rows(queue, pile, asks, desk.phrases(request)))

    def hear(request: Request) -> Response:
        pile, who = desk.pile(request, Right.SETTLE), desk.visitor(request).name
        words = words_of(request)
        if words.get("do") == "finish":
            return finished(request, pile)
        queue = settling.queue(pile)
        key = _key(words.get("row", ""))
        if words.get("do") == "undo":
            key = key or queue.last_of(who)
            heard = key is not None and queue.take_back(key, who)
        else:
            heard = _decide(queue, key, who, words)
        if key and key[2] == SHEET_ITEM:
            queue = settling.queue(pile)  # the page is gathered with other pages now: other questions may be open
            settling.cut_pictures(pile)
        if CSRF_HEADER not in request.headers:
            return _back(request, pile, words, _refusal(words, heard=heard))
        asks = [ask] if words.get("do") == "undo" and key and heard and (ask := queue.ask(key, who)) else []
        rows = settling.rows(queue, pile, asks, desk.phrases(request))
        return JSONResponse(rows | {"heard": heard})

    return [
        Route("/piles/{pile}/settle", show, name="settle"),
        Route("/piles/{pile}/settle", hear, methods=["POST"]),
        Route("/piles/{pile}/settle/ahead", ahead, name="ahead"),
    ]


class Settling:
    """The queues of the piles being settled, and their rows as parts of a page."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._queues: dict[str, Queue] = {}
        self._lock = Lock()

    def queue(self, pile: Pile) -> Queue:
        """The queue as it is now."""
        with self._lock:
            queue = self._queues.setdefault(pile.id, Queue(self._desk.store(pile)))
        queue.refresh(self._desk.gathered(pile))
        return queue

    def cut_pictures(self, pile: Pile) -> None:
        """Cuts the pictures of rows that are questions only since a page was named, where its scan is at hand.

        In this process: the worker has decoded these pages before.
        """
        from kryds.desk.pictures import keep_missing_pictures  # noqa: PLC0415 - OpenCV for a page in thousands

        store, there = self._desk.store(pile), self._desk.store(pile).keys_of_crops()
        lacking = {source for source, index, item in self.queue(pile).open_rows() if (source, index, item) not in there}
        files = [self._at_hand(pile, file) for file in store.files() if file.source in lacking]
        keep_missing_pictures(self._desk.result(pile), store, [file for file in files if is_as_read(file)])

    def _at_hand(self, pile: Pile, file: StoredFile) -> StoredFile:
        """The file where it lies on this machine, if it does."""
        if self._desk.only or not isinstance(file.path, Path):
            return file
        return replace(file, path=scan_at_hand(self._desk, pile.id, file.path) or file.path)

    def row(self, pile: Pile, ask: Ask, phrases: Phrases) -> str:
        """A row with its picture, its question and its choices."""
        store = self._desk.store(pile)
        item, item_id = ask.item, ask.item.answer.item_id
        place = store.key_of(item.page.source, item.page.index)
        page = store.page(place)
        return self._desk.frame.part(
            "settle_sheet.html" if item.asks_sheet else "settle_row.html",
            phrases,
            name=_name(ask.key),
            ask=ask,
            item=item,
            options=item.edition.form.options,
            serial=SERIAL,
            picture=picture_of(store.crop(place, item_id)),
            weighed=weighed(page, item_id) if page else {},
            reasons=[phrases.reason(reason) for reason in item.answer.reasons],
            words=[(each.who, _said(ask, each, phrases)) for each in ask.words],
        )

    def rows(self, queue: Queue, pile: Pile, asks: Sequence[Ask], phrases: Phrases) -> dict[str, object]:
        """Rows as a script puts them in, and how far the pile is."""
        waiting = queue.waiting()
        return {
            "rows": [{"name": _name(ask.key), "html": self.row(pile, ask, phrases)} for ask in asks],
            "settled": queue.total - waiting,
            "total": queue.total,
            "position": phrases.say("web.settle.settled", settled=queue.total - waiting, total=queue.total),
        }


def _decide(queue: Queue, key: RowKey | None, who: str, words: Mapping[str, str]) -> bool:
    """Writes down what was said of the row; False when another was sooner or it makes no sense."""
    item = queue.find(key) if key else None
    if key is None or item is None:
        return False
    word = _sheet_word(words) if item.asks_sheet else words_for(len(item.edition.form.options)).get(words.get("do", ""))
    turn, after = number_in(words, "turn"), number_in(words, "after")
    if word is None or turn is None or after is None:
        return False
    return queue.decide(Ask(key, item, turn, after), who, word)


def _sheet_word(words: Mapping[str, str]) -> Word | None:
    """Which sheet was said the page is of; None for what cannot be the number of one."""
    number = sheet_in(words.get("number", "")) if words.get("do") == "sheet" else None
    return Word(AnswerState.ANSWERED, sheet=serial_of(*number)) if number else None


def refusals(phrases: Phrases) -> Mapping[str, str]:
    """Why a word was not taken, in words, by the word that stands in the address."""
    return {"misspelt": phrases.say("web.settle.misspelt"), "elsewhere": phrases.say("review.elsewhere")}


def _refusal(words: Mapping[str, str], *, heard: bool) -> str:
    """The word for the address; empty when all is well."""
    if heard or words.get("do") == "skip":
        return ""
    return "misspelt" if words.get("do") == "sheet" and not _sheet_word(words) else "elsewhere"


def _back(request: Request, pile: Pile, words: Mapping[str, str], refusal: str) -> Response:
    """To the next row, for who has no script."""
    now_skipped = words.get("row", "") if words.get("do") == "skip" else ""
    skipped = ",".join(filter(None, (words.get("skipped", ""), now_skipped)))
    address = request.app.url_path_for("settle", pile=pile.id)
    query = f"?skipped={quote(skipped)}" if skipped else ""
    if refusal:
        query += f"{'&' if query else '?'}{refusal}"
    return RedirectResponse(f"{address}{query}", 303)


def _said(ask: Ask, said: Decision, phrases: Phrases) -> str:
    """A person's word, in words."""
    if ask.item.asks_sheet:
        return phrases.say("review.sheet", sheet=said.sheet)
    if said.choice:
        return ask.item.edition.form.options[said.choice - 1].label
    return phrases.say(f"review.{said.state.value}")


def _name(key: RowKey) -> str:
    """A row's name in addresses and forms."""
    return f"{key[1]}-{key[2]}-{key[0].encode().hex()}"


def _key(name: str) -> RowKey | None:
    index, _, rest = name.partition("-")
    item, _, source = rest.partition("-")
    try:
        return (bytes.fromhex(source).decode(), int(index), item) if item else None
    except ValueError:
        return None


def _keys(names: str) -> set[RowKey]:
    return {key for name in names.split(",")[:MAX_NAMED] if (key := _key(name))}
