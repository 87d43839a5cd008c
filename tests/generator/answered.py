"""Sheets with synthetic answers, scored and summed up; and pictures of rows."""

import io
import random
from collections.abc import Mapping, Sequence

from PIL import Image, ImageDraw

from kryds.generator.place import place_sheet
from kryds.generator.summary import write_summary
from kryds.model.edition import Edition
from kryds.model.geometry import Paper
from kryds.model.load import form_file, load_form, load_phrases
from kryds.model.reading import Answer, AnswerState, PageReading, PageState, PixelRect, Reason, RowCrop, SheetReading
from kryds.model.scores import GroupSummary
from kryds.scoring.summarise import summarise

Crops = dict[tuple[str, int, str], RowCrop]
UNCLEAR = Reason("mark_unclear", (("choices", "2"),))
SEVERAL = Reason("several_crosses", (("choices", "2, 4"),))


def edition(name: str, language: str | None = None, paper: Paper = Paper.A4) -> Edition:
    form = load_form(form_file(name), language)
    return place_sheet(form, paper, load_phrases(form.language)).edition


def answer(item_id: str, given: int | str, *reasons: Reason, by: str = "reader") -> Answer:
    """A choice, ``+choice`` for a corrected one, or the name of a state without one."""
    if isinstance(given, int):
        return Answer(item_id, given, AnswerState.ANSWERED, 0.99, reasons, by)
    if given.startswith("+"):
        return Answer(item_id, int(given), AnswerState.CORRECTED, 0.99, reasons, by)
    return Answer(item_id, None, AnswerState(given), 0.9, reasons, by)


def sheet(edition: Edition, answers: Sequence[Answer], name: str = "1", **changes: object) -> SheetReading:
    """A sheet read from pile.pdf, its pages in order."""
    by_page: dict[int, list[Answer]] = {}
    for page in edition.layout.pages:
        ids = edition.items_of_page(page.number)
        by_page[page.number] = [one for one in answers if one.item_id in ids]
    pages = tuple(
        PageReading("pile.pdf", number - 1, PageState.READ, number=number, answers=tuple(held))
        for number, held in by_page.items()
    )
    fields: dict[str, object] = {"respondent": "", "pages": pages, "answers": tuple(answers)}
    return SheetReading(sheet=name, digest=edition.digest, **(fields | changes))  # type: ignore[arg-type]


def plain_sheet(edition: Edition, choice: int, name: str = "1", **changes: object) -> SheetReading:
    """Every item answered with the same choice."""
    return sheet(edition, [answer(item.id, choice) for item in edition.form.items], name, **changes)


def random_sheets(edition: Edition, count: int, *, doubt: float = 0.0) -> list[SheetReading]:
    """Sheets with random answers; each item is doubtful with the chance ``doubt``."""
    rng = random.Random(7)
    options = len(edition.form.options)
    made = []
    for number in range(1, count + 1):
        lean = rng.uniform(0.5, 1.6)
        answers = []
        for at, item in enumerate(edition.form.items):
            choice = min(options, max(1, round(rng.gauss((options / 2 + 1 + at % 3 * 0.5) * lean, 1.0))))
            unclear = rng.random() < doubt
            answers.append(answer(item.id, "doubtful", UNCLEAR) if unclear else answer(item.id, choice))
        made.append(sheet(edition, answers, str(number)))
    return made


def row_crop(item_id: str, size: tuple[int, int] = (990, 74)) -> RowCrop:
    """A grey picture of a row with five boxes, one of them scribbled in."""
    picture = Image.new("L", size, 246)
    pen = ImageDraw.Draw(picture)
    pen.text((20, size[1] // 2 - 8), f"{item_id}  Udsagn paa papiret", fill=30)
    boxes = []
    for at in range(5):
        left, top = size[0] - 320 + at * 62, size[1] // 2 - 17
        pen.rectangle((left, top, left + 34, top + 34), outline=60, width=2)
        boxes.append(PixelRect(left, top, 34, 34))
    pen.line((boxes[1].x + 4, boxes[1].y + 6, boxes[1].x + 30, boxes[1].y + 16), fill=90, width=4)
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=72)
    return RowCrop(item_id, file.getvalue(), tuple(boxes))


def group(edition: Edition, *sheets: SheetReading) -> GroupSummary:
    return summarise(edition, sheets)


def pdf_of(
    groups: Sequence[GroupSummary], language: str = "da", crops: Mapping[tuple[str, int, str], RowCrop] = {}
) -> bytes:
    file = io.BytesIO()
    write_summary(groups, crops, load_phrases(language), file)
    return file.getvalue()
