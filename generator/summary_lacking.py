"""What a sheet's result lacks and why: in words, and as pictures of the rows a person must look at."""

from collections.abc import Iterator, Mapping

from kryds.generator.chart_pen import picture_size
from kryds.generator.palette import DOUBT, DOUBT_GROUND
from kryds.generator.placed import Role
from kryds.generator.summary_pages import SummaryPages, heading
from kryds.generator.typeface import SMALL, SMALL_BOLD, wrap
from kryds.model.edition import Edition
from kryds.model.geometry import Point, Rect
from kryds.model.reading import READER, Answer, PageReading, RowCrop, SheetReading
from kryds.model.scores import ScoredSheet

#: Left bar, inner air, and the air between pieces (mm).
_BAR_MM, _INSET_MM, _BETWEEN_MM = 1.0, 4.0, 2.4
#: Most height of a picture: a row of a sheet is some 10 to 20 mm tall.
_PICTURE_MOST_MM = 34.0
#: The sign and the item's number before the reason, and the air above and below (mm).
_SIGN_MM, _NUMBER_MM, _AIR_MM = 5.4, 9.0, 2.2


def draw_lacking(
    pages: SummaryPages, edition: Edition, sheet: ScoredSheet, crops: Mapping[tuple[str, int, str], RowCrop]
) -> None:
    """Why the result is not complete. Nothing when it is."""
    if sheet.score.complete:
        return
    reading = sheet.reading
    remarks = tuple(_remarks(pages, edition, reading))
    waiting = [answer for answer in reading.answers if answer.is_open]
    heading(pages, pages.phrases.say("summary.lacking"), 26.0)
    for remark in remarks:
        pages.write(remark, SMALL)
        pages.y += 0.8
    if remarks:
        pages.y += 1.0
    for problem in reading.problems:
        _draw_asking(pages, "", pages.phrases.reason(problem), None)
    for answer in waiting:
        crop, why = None, _why(pages, answer)
        if page := _page_of(reading, answer.item_id):
            crop = crops.get((page.source, page.index, answer.item_id))
            if crop is None:
                why += f". {pages.phrases.say('summary.no_picture', source=page.source, page=page.index + 1)}"
        _draw_asking(pages, answer.item_id, why, crop)
    pages.y += 2.2


def _remarks(pages: SummaryPages, edition: Edition, reading: SheetReading) -> Iterator[str]:
    """What lacks and has no picture: missing pages, and statements without an answer that counts."""
    say = pages.phrases.say
    for number in reading.missing_pages:
        items = edition.items_of_page(number)
        yield say("summary.page_missing", page=number, items=_spelled(edition, items))
    known = {answer.item_id for answer in reading.answers}
    elsewhere = {item for number in reading.missing_pages for item in edition.items_of_page(number)}
    blank = [item.id for item in edition.form.items if item.id not in known and item.id not in elsewhere]
    for answer in reading.answers:
        if answer.state.counts or answer.is_open:
            continue
        if answer.decided_by != READER:
            said = say(f"summary.state.{answer.state}")
            yield say("summary.settled_without", item=answer.item_id, state=said, name=answer.decided_by)
        elif answer.reasons:
            yield f"{answer.item_id}: {pages.phrases.reason(answer.reasons[0])}"
        else:
            blank.append(answer.item_id)
    if blank:
        yield say("summary.blank_items", items=_spelled(edition, blank))


def _spelled(edition: Edition, items: tuple[str, ...] | list[str]) -> str:
    """Item ids in printed order, runs of three or more as first–last."""
    order = [item.id for item in edition.form.items]
    places = sorted(order.index(item) for item in items)
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][-1] + 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    short = (
        [f"{order[run[0]]}–{order[run[-1]]}"] if len(run) > 2 else [order[place] for place in run]  # noqa: PLR2004
        for run in runs
    )
    return ", ".join(part for run in short for part in run)


def _page_of(reading: SheetReading, item_id: str) -> PageReading | None:
    """The scanned page that holds the item's answer."""
    pages = (page for page in reading.pages if any(answer.item_id == item_id for answer in page.answers))
    return next(pages, None)


def _why(pages: SummaryPages, answer: Answer) -> str:
    if answer.reasons:
        return pages.phrases.reason(answer.reasons[0])
    return pages.phrases.say(f"summary.state.{answer.state}")


def _draw_asking(pages: SummaryPages, item_id: str, why: str, crop: RowCrop | None) -> None:
    """What a person must look at: the item, if it is one, the reason, and the row as it was scanned."""
    inner = pages.width - _BAR_MM - 2 * _INSET_MM
    number_mm = _NUMBER_MM if item_id else 0.0
    lines = wrap(why, SMALL, inner - _SIGN_MM - number_mm)
    picture = _picture_mm(crop, inner)
    words = len(lines) * SMALL.leading_mm
    height = _AIR_MM + words + (picture[1] + 1.6 if crop else 0.0) + _AIR_MM - (SMALL.leading_mm - SMALL.cap_mm)
    pages.need(height)
    top, left = pages.y, pages.left + _BAR_MM + _INSET_MM
    with pages.ornament():
        pages.pen.fill(Rect(pages.left, top, pages.width, height), DOUBT_GROUND)
        pages.pen.fill(Rect(pages.left, top, _BAR_MM, height), DOUBT)
    with pages.tagged(Role.PARAGRAPH):
        pages.pen.warning(Point(left + 1.7, top + _AIR_MM + SMALL.cap_mm / 2), 3.4)
        pages.lines(Point(left + _SIGN_MM, top + _AIR_MM), (item_id,), SMALL_BOLD)
        pages.lines(Point(left + _SIGN_MM + number_mm, top + _AIR_MM), lines, SMALL)
    if crop:
        with pages.tagged(Role.FIGURE, pages.phrases.say("summary.picture", item=item_id)):
            pages.pen.picture(crop.jpeg, Rect(left, top + _AIR_MM + words, *picture))
    pages.y += height + _BETWEEN_MM


def _picture_mm(crop: RowCrop | None, width: float) -> tuple[float, float]:
    """Width and height the picture is shown in: as wide as there is room, not taller than is needed to see it."""
    if crop is None:
        return 0.0, 0.0
    across, down = picture_size(crop.jpeg)
    scale = min(width / across, _PICTURE_MOST_MM / down)
    return across * scale, down * scale
