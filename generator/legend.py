"""The strip at the top of an annotated page: what became of the page, and what its signs mean."""

from collections.abc import Callable, Iterator, Sequence

from kryds.generator.drawn_page import ASKING, AnnotatedPage, DrawnRow
from kryds.generator.overlay_pen import CHIP_END_MM, CHIP_MM, WORDS, WORDS_BOLD, OverlayPen, Tint
from kryds.generator.typeface import width_mm, wrap
from kryds.model.geometry import Point, Rect
from kryds.model.phrases import Phrases
from kryds.model.reading import AnswerState, PageReading, PageState

#: Where the strip stands on a sheet: above the fiducials, which begin 11 mm down.
STRIP = Rect(11.0, 3.6, 188.0, CHIP_MM)
#: How far it keeps from the edge of what the page shows, where the scan lacks part of the margin (mm).
EDGE_MM = 1.5
#: Room a sign of the legend takes, and the room after it and after its word (mm).
SIGN_MM, AFTER_SIGN_MM, AFTER_WORD_MM = CHIP_MM, 0.9, 3.0
#: Side of the box the legend's rings are drawn around: two rings fill the strip (mm).
RINGED_MM = 0.6

FATE_TINTS = {
    PageState.READ: Tint.CHOSEN,
    PageState.DUPLICATE: Tint.QUIET,
    PageState.BLANK: Tint.QUIET,
    PageState.FOREIGN: Tint.DOUBT,
    PageState.UNREADABLE: Tint.DOUBT,
}

#: Draws a sign around a point.
Sign = Callable[[OverlayPen, Point], None]


def draw_strip(pen: OverlayPen, page: AnnotatedPage, rows: Sequence[DrawnRow], within: tuple[Rect, Phrases]) -> None:
    """The strip; ``within`` is what the page shows of the sheet (mm), and the words to use."""
    shown, phrases = within
    left, top = max(STRIP.x, shown.x + EDGE_MM), max(STRIP.y, shown.y + EDGE_MM)
    strip = Rect(left, top, min(STRIP.right, shown.right - EDGE_MM) - left, STRIP.height)
    waiting = sum(row.answer.is_open for row in rows) if page.reading.state is PageState.READ else 0
    fate = fate_words(page.reading, phrases)
    if waiting:
        fate = phrases.say("annotate.with_waiting", fate=fate, rows=waiting)
    taken = _draw_fate(pen, fate, strip, Tint.DOUBT if waiting else FATE_TINTS[page.reading.state])
    entries = [(sign, phrases.say(f"annotate.{name}")) for name, sign in _signs(rows)]
    _draw_legend(pen, entries, Rect(strip.x + taken, strip.y, strip.width - taken, strip.height))


def fate_words(reading: PageReading, phrases: Phrases) -> str:
    """What became of a page."""
    sheet = reading.code.sheet if reading.code else ""
    if reading.state is not PageState.READ:
        said = phrases.say(f"annotate.{reading.state}")
    elif sheet:
        said = phrases.say("annotate.read", sheet=sheet, page=reading.number)
    else:
        said = phrases.say("annotate.read_unnumbered", page=reading.number)
    return f"{said} – {phrases.reason(reading.reason)}" if reading.reason else said


def _draw_fate(pen: OverlayPen, fate: str, strip: Rect, tint: Tint) -> float:
    """The fate in a panel at the strip's left end, on as many lines as it takes; the width it takes (mm)."""
    lines = wrap(fate, WORDS_BOLD, strip.width - 2 * CHIP_END_MM)
    width = max(width_mm(line, WORDS_BOLD) for line in lines) + 2 * CHIP_END_MM
    pen.panel(Rect(strip.x, strip.y, width, strip.height + (len(lines) - 1) * WORDS_BOLD.leading_mm), tint)
    baseline = strip.y + (strip.height + WORDS_BOLD.cap_mm) / 2
    for number, line in enumerate(lines):
        place = Point(strip.x + CHIP_END_MM, baseline + number * WORDS_BOLD.leading_mm)
        pen.words(place, line, (WORDS_BOLD, tint))
    return width


def _draw_legend(pen: OverlayPen, entries: Sequence[tuple[Sign, str]], room: Rect) -> None:
    """The entries at the right end of ``room``; the first ones, which speak for themselves, give way."""
    kept = list(entries)
    while kept and _legend_mm(kept) > room.width - AFTER_WORD_MM:
        kept.pop(0)
    if not kept:
        return
    width = _legend_mm(kept)
    pen.ground(Rect(room.right - width, room.y, width, room.height))
    left = room.right - width + CHIP_END_MM
    for sign, word in kept:
        sign(pen, Point(left + SIGN_MM / 2, room.centre.y))
        start = Point(left + SIGN_MM + AFTER_SIGN_MM, room.centre.y + WORDS.cap_mm / 2)
        pen.words(start, word, (WORDS, Tint.QUIET))
        left += _entry_mm(word)


def _legend_mm(entries: Sequence[tuple[Sign, str]]) -> float:
    return sum(_entry_mm(word) for _, word in entries) - AFTER_WORD_MM + 2 * CHIP_END_MM


def _entry_mm(word: str) -> float:
    return SIGN_MM + AFTER_SIGN_MM + width_mm(word, WORDS) + AFTER_WORD_MM


def _signs(rows: Sequence[DrawnRow]) -> Iterator[tuple[str, Sign]]:
    """The signs that stand on the page, by the name of their phrase; the plainest first."""
    states = {row.answer.state for row in rows}
    points = next((row.points for row in rows if row.points is not None), None)
    if points is not None:
        yield "points", lambda pen, at: pen.chip(at, str(points), Tint.CHOSEN)
    if any(row.answer.choice and not row.by_person for row in rows):
        yield "chosen", lambda pen, at: pen.ring(_square(at, RINGED_MM))
    if any(row.answer.choice and row.by_person for row in rows):
        yield "chosen_by_person", lambda pen, at: pen.ring(_square(at, RINGED_MM), double=True)
    if any(row.cancelled for row in rows):
        yield "cancelled", lambda pen, at: pen.cross_out(at)
    if AnswerState.BLANK in states:
        yield "unanswered", lambda pen, at: pen.dash(at)
    for state in (AnswerState.MULTIPLE, AnswerState.DOUBTFUL):
        if state in states:
            yield str(state), _asking(state)


def _asking(state: AnswerState) -> Sign:
    return lambda pen, at: pen.chip(at, ASKING[state], Tint.DOUBT)


def _square(middle: Point, side_mm: float) -> Rect:
    return Rect(middle.x - side_mm / 2, middle.y - side_mm / 2, side_mm, side_mm)
