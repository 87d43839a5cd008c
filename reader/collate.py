"""Page readings of a whole pile -> sheets: pages gathered, repeats told, missing pages named.

Numbered pages find their sheet by number, in whatever order they were scanned. Unnumbered ones (copy 0: a blank made
to be photocopied) have only their order: a file in which an edition's unnumbered pages run 1..n, 1..n (or n..1, n..1)
is paired so; where they do not, the pairing is a guess, every such sheet says so and a person is asked. A page whose
sheet a person has named is gathered with that sheet's, like one that bears its number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from kryds.model.edition import Edition
from kryds.model.page_code import serial_of
from kryds.model.reading import Answer, AnswerState, PageReading, PageState, Reason, SheetReading
from kryds.reader.left_blank import trust_blanks
from kryds.reader.settings import DEFAULT, ReaderSettings

#: A sheet by run ("" for none) and copy.
SheetNumber = tuple[str, int]
Respondents = Mapping[SheetNumber, str]
#: Which sheet a person said a page belongs to, by its source and index (from 0).
Assigned = Mapping[tuple[str, int], SheetNumber]


@dataclass(frozen=True)
class Collation:
    """``pages``: every page of the input, in its order, repeats now DUPLICATE. ``sheets``: by form, then number."""

    pages: tuple[PageReading, ...]
    sheets: tuple[SheetReading, ...]


@dataclass(frozen=True)
class _Gathered:
    """The pages of one sheet, first scan of each page first; ``repeats`` are later scans of pages it has."""

    name: str
    digest: str
    respondent: str
    pages: tuple[PageReading, ...]
    repeats: tuple[PageReading, ...] = ()
    problems: tuple[Reason, ...] = ()


def collate(
    pages: Sequence[PageReading],
    editions: Mapping[str, Edition],
    respondents: Respondents,
    assigned: Assigned | None = None,
) -> Collation:
    """Gathers the pages of a pile into sheets. ``editions`` by digest; ``respondents`` by run and copy."""
    read = [page for page in pages if page.state is PageState.READ]
    numbers = {_place(page): number for page in read if (number := _number(page, assigned or {}))}
    unnumbered = [page for page in read if page.code is not None and not page.code.copy]
    nameless = [page for page in read if page.code is None and _place(page) not in numbers]
    gathered = [
        *_by_number([page for page in read if _place(page) in numbers], numbers, editions, respondents),
        *_name_in_order([*_by_order(unnumbered, numbers, editions), *_each_alone(nameless)], pages),
    ]
    repeats = {_place(page): original for sheet in gathered for page, original in _repeats(sheet)}
    return Collation(
        pages=tuple(_told(page, repeats.get(_place(page))) for page in pages),
        sheets=tuple(_sheet(sheet, editions[sheet.digest], DEFAULT) for sheet in gathered),
    )


def _number(page: PageReading, assigned: Assigned) -> SheetNumber | None:
    """The number the page bears, else the one a person gave it; what is printed is not overruled."""
    if page.code is not None and page.code.copy:
        return page.code.run, page.code.copy
    return assigned.get(_place(page))


def _by_number(
    pages: Sequence[PageReading], numbers: Assigned, editions: Mapping[str, Edition], respondents: Respondents
) -> list[_Gathered]:
    """Sheets by their number; in the order of form, run and number."""

    def key(page: PageReading) -> tuple[str, str, str, int]:
        return editions[page.digest].form.id, page.digest, *numbers[_place(page)]

    sheets = []
    for (_, digest, run, copy), group in groupby(sorted(pages, key=key), key):
        first: dict[int, PageReading] = {}
        repeats = []
        for page in group:
            if page.number in first:
                repeats.append(page)
            first.setdefault(page.number, page)
        respondent = respondents.get((run, copy), "")
        sheets.append(_Gathered(serial_of(run, copy), digest, respondent, tuple(first.values()), tuple(repeats)))
    return sheets


def _by_order(pages: Sequence[PageReading], assigned: Assigned, editions: Mapping[str, Edition]) -> list[_Gathered]:
    """Sheets without a number: consecutive pages, edition by edition, but for those whose sheet a person has named.

    An order that was broken as the pages were scanned is not mended by naming some: what is left stays a guess.
    """
    sheets = []
    for digest in dict.fromkeys(page.digest for page in pages):
        own = [page for page in pages if page.digest == digest]
        left = [page for page in own if _place(page) not in assigned]
        count = len(editions[digest].layout.pages)
        if _in_order(own, count) and _in_order(left, count):
            sheets += [_Gathered("", digest, "", tuple(left[i : i + count])) for i in range(0, len(left), count)]
        else:
            guess = (Reason("pages_paired_by_guess"),)
            sheets += [_Gathered("", digest, "", tuple(run), problems=guess) for run in _rising_runs(left)]
    return sheets


def _in_order(pages: Sequence[PageReading], count: int) -> bool:
    """Whether the pages of sheets of ``count`` pages run 1..n, 1..n, or n..1, n..1; none at all do."""
    orders = {tuple(page.number for page in pages[i : i + count]) for i in range(0, len(pages), count)}
    return orders in (set(), {tuple(range(1, count + 1))}, {tuple(range(count, 0, -1))})


def _rising_runs(pages: Sequence[PageReading]) -> list[list[PageReading]]:
    """Runs of consecutive pages with page numbers rising: the best guess when the order is broken."""
    runs: list[list[PageReading]] = []
    for page in pages:
        if runs and page.number > runs[-1][-1].number:
            runs[-1].append(page)
        else:
            runs.append([page])
    return runs


def _each_alone(pages: Sequence[PageReading]) -> list[_Gathered]:
    """Pages known by their fiducials only: read, but nobody knows whose."""
    return [_Gathered("", page.digest, "", (page,), problems=(Reason("sheet_unknown"),)) for page in pages]


def _name_in_order(sheets: Sequence[_Gathered], pages: Sequence[PageReading]) -> list[_Gathered]:
    """Names u1, u2 … for sheets that bear no number, in the order of their first pages."""
    order = {_place(page): i for i, page in enumerate(pages)}
    ordered = sorted(sheets, key=lambda sheet: order[_place(sheet.pages[0])])
    return [replace(sheet, name=f"u{number}") for number, sheet in enumerate(ordered, start=1)]


def _sheet(gathered: _Gathered, edition: Edition, settings: ReaderSettings) -> SheetReading:
    pages = tuple(sorted(gathered.pages, key=lambda page: page.number))
    present = {page.number for page in pages}
    missing = tuple(page.number for page in edition.layout.pages if page.number not in present)
    answers = [answer for page in trust_blanks(pages, settings) for answer in page.answers]
    for repeat in gathered.repeats:
        answers = _compared(answers, repeat)
    return SheetReading(
        sheet=gathered.name,
        digest=gathered.digest,
        respondent=gathered.respondent,
        pages=pages,
        answers=tuple(answers),
        missing_pages=missing,
        problems=gathered.problems,
    )


def _compared(answers: Sequence[Answer], repeat: PageReading) -> list[Answer]:
    """The answers, doubtful where another scan of the same page says something else: neither silently wins."""
    others = {answer.item_id: answer for answer in repeat.answers}
    return [
        _of_two(answer, others[answer.item_id], repeat) if answer.item_id in others else answer for answer in answers
    ]


def _of_two(answer: Answer, other: Answer, repeat: PageReading) -> Answer:
    if answer.state is AnswerState.DOUBTFUL or (answer.choice, answer.state.counts) == (
        other.choice,
        other.state.counts,
    ):
        return answer
    reason = Reason("scans_disagree", (("source", repeat.source), ("page", str(repeat.index + 1))))
    return replace(answer, choice=None, state=AnswerState.DOUBTFUL, confidence=0.5, reasons=(reason, *answer.reasons))


def _repeats(sheet: _Gathered) -> list[tuple[PageReading, PageReading]]:
    first = {page.number: page for page in sheet.pages}
    return [(page, first[page.number]) for page in sheet.repeats]


def _told(page: PageReading, original: PageReading | None) -> PageReading:
    if original is None:
        return page
    reason = Reason("read_before", (("source", original.source), ("page", str(original.index + 1))))
    return replace(page, state=PageState.DUPLICATE, reason=reason)


def _place(page: PageReading) -> tuple[str, int]:
    return page.source, page.index
