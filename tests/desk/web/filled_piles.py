"""Desks with piles whose answers were made up rather than scanned: many sheets in no time."""

import hashlib
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from kryds.desk.store import StoredFile
from kryds.desk.web.desk import Desk
from kryds.desk.web.register import Pile
from kryds.generator.place import place_sheet
from kryds.model.edition import Edition
from kryds.model.geometry import Paper
from kryds.model.load import form_file, load_form, load_phrases
from kryds.model.page_code import PageCode
from kryds.model.reading import Answer, AnswerState, PageReading, PageState, Reason
from kryds.model.roster import Person, Roster
from kryds.reader.read import PageRead

#: What a sheet says of an item: a choice, or a state without one.
Given = int | str


@cache
def edition(form: str = "mus-leder", language: str = "da") -> Edition:
    """A bundled form as printed on A4."""
    return place_sheet(load_form(form_file(form), language), Paper.A4, load_phrases(language)).edition


@dataclass(frozen=True)
class Filled:
    """Sheets, one page each, and what they say; ``about`` are the columns of their roster."""

    sheets: Sequence[Sequence[Given]]
    about: Mapping[str, Sequence[str]] | None = None
    of: Edition = field(default_factory=edition)


def pile_of(desk: Desk, *filled: Filled, name: str = "Prøve", created: str = "2026-11-24") -> Pile:
    """A pile of these, a file for each."""
    pile = desk.register.add(name, f"{created}T10:00:00.000")
    for each in filled:
        add_sheets(desk, pile, each)
    return pile


def add_sheets(desk: Desk, pile: Pile, filled: Filled) -> None:
    """One more file in the pile."""
    store = desk.store(pile)
    known = store.files()
    number = len(known) + 1
    run = f"{'ABCDEFG'[len(known)]}{pile.id[:3].upper().translate(str.maketrans('0189', 'WXYZ'))}"
    store.keep_editions({filled.of.digest: filled.of})
    if filled.about is not None:
        store.keep_rosters({run: Roster(run, tuple(_people(filled.sheets, filled.about)))})
    sha256 = hashlib.sha256(f"{pile.id}{number}".encode()).hexdigest()
    source = f"bunke-{number}.pdf"
    store.keep_files([*known, StoredFile(source, Path(source), sha256, len(filled.sheets))])
    store.keep_pages(sha256, [_page(source, run, copy, (filled, given)) for copy, given in enumerate(filled.sheets, 1)])


def _people(sheets: Sequence[object], about: Mapping[str, Sequence[str]]) -> Iterator[Person]:
    for copy, _ in enumerate(sheets, start=1):
        fields = tuple((column, values[copy - 1]) for column, values in about.items())
        yield Person(copy, f"Person {copy}", fields)


def _page(source: str, run: str, copy: int, said: tuple[Filled, Sequence[Given]]) -> PageRead:
    filled, given = said
    form, digest = filled.of.form, filled.of.digest
    answers = tuple(_answer(item.id, what) for item, what in zip(form.items, given, strict=True))
    code = PageCode(form.id, digest, run, copy, 1)
    return PageRead(PageReading(source, copy - 1, PageState.READ, code=code, digest=digest, number=1, answers=answers))


def likely(seed: int, sheets: int, mood: float = 0.0, of: Edition | None = None) -> list[list[Given]]:
    """So many sheets as people fill them in; the higher the ``mood``, the more points."""
    chance = random.Random(seed)
    form = (of or edition()).form
    middle = [chance.uniform(2.2, 4.4) for _ in form.items]
    return [
        [_one(chance.gauss(each + mood, 0.9), chance.random(), len(form.options)) for each in middle]
        for _ in range(sheets)
    ]


def _one(value: float, luck: float, options: int) -> Given:
    if luck < 0.02:
        return ("blank", "multiple", "doubtful")[int(luck * 150)]
    return min(max(round(value), 1), options)


def _answer(item_id: str, given: Given) -> Answer:
    if isinstance(given, int):
        return Answer(item_id, given, AnswerState.ANSWERED, 0.99)
    reasons = (Reason("mark_unclear", (("choices", "2"),)),) if given == "doubtful" else ()
    by = "Bo" if given == "multiple" else "reader"
    return Answer(item_id, None, AnswerState(given), 0.9, reasons, by)
