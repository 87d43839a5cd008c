"""Where pages end: as few pages as can be, evenly filled, no heading stranded and no row alone. Arithmetic only."""

from collections.abc import Sequence
from dataclasses import dataclass

#: What a page break inside a section costs, in square millimetres: worth it when pages would differ by some 40 mm.
SPLIT_SECTION_COST = 1600.0


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that stays whole, ``height_mm`` tall.

    ``gap_mm`` is the air above it, unless it begins a page. ``may_begin_page`` says whether a page may begin with it,
    and ``repeat_mm`` how tall the heading is that must then stand above it again. ``rows`` counts the rows in it that
    may grow.
    """

    height_mm: float
    gap_mm: float = 0.0
    may_begin_page: bool = True
    repeat_mm: float = 0.0
    rows: int = 0


class DoesNotFitError(Exception):
    """No pages can hold the pieces; ``index`` is the first that found no place."""

    def __init__(self, index: int) -> None:
        super().__init__(index)
        self.index = index


def break_pages(pieces: Sequence[Piece], first_mm: float, other_mm: float) -> tuple[range, ...]:
    """The pieces of each page, as ranges of their indices.

    The first page has ``first_mm`` of room, the others ``other_mm``. Raises DoesNotFitError.
    """
    # best[i]: pages used, cost so far and where the last page began, for the pieces before i
    best: dict[int, tuple[int, float, int]] = {0: (0, 0.0, 0)}
    for end in range(1, len(pieces) + 1):
        if end < len(pieces) and not pieces[end].may_begin_page:
            continue
        ways = []
        for start in [at for at in best if at < end]:
            slack = (other_mm if start else first_mm) - page_mm(pieces, range(start, end))
            if slack >= 0:
                pages, cost, _ = best[start]
                split = SPLIT_SECTION_COST if pieces[start].repeat_mm else 0.0
                ways.append((pages + 1, cost + slack * slack + split, start))
        if ways:
            best[end] = min(ways)
    if len(pieces) not in best:
        raise DoesNotFitError(max(best))
    return _walk_back(best, len(pieces))


def page_mm(pieces: Sequence[Piece], span: range) -> float:
    """How much of a page the pieces in ``span`` take."""
    first = pieces[span.start]
    rest = sum(pieces[i].gap_mm + pieces[i].height_mm for i in span[1:])
    return first.repeat_mm + first.height_mm + rest


def row_growth(pieces: Sequence[Piece], pages: Sequence[range], room_mm: tuple[float, float], limit_mm: float) -> float:
    """By how much every row can grow, at most ``limit_mm``, with all pages still holding what they hold.

    ``room_mm`` is the room on the first page and on the others.
    """
    growth = limit_mm
    for span in pages:
        rows = sum(pieces[i].rows for i in span)
        if rows:
            slack = room_mm[1 if span.start else 0] - page_mm(pieces, span)
            growth = min(growth, slack / rows)
    return int(growth * 20) / 20


def _walk_back(best: dict[int, tuple[int, float, int]], end: int) -> tuple[range, ...]:
    spans: list[range] = []
    while end:
        start = best[end][2]
        spans.append(range(start, end))
        end = start
    return tuple(reversed(spans))
