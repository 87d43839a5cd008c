"""The statements of a sheet with their answers: boxes as on paper, the category, and how it came about."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kryds.generator.charts import BOX_MM, BOX_STEP_MM, draw_boxes
from kryds.generator.placed import Role
from kryds.generator.summary_pages import SummaryPages
from kryds.generator.summary_rows import Row, SectionRows, draw_rows, rows_mm
from kryds.generator.typeface import ITEM_NUMBER, SMALL, Colour, Face, Style, width_mm, wrap
from kryds.model.edition import Edition
from kryds.model.geometry import Point
from kryds.model.phrases import Phrases
from kryds.model.reading import READER, Answer, AnswerState, SheetReading

NOTE = Style(Face.REGULAR, 8, 3.4, Colour.QUIET)
LACKS = Style(Face.ITALIC, 9, 4.0)
#: Number of the statement; air between columns; the warning sign and its air (mm).
_NUMBER_MM, _GAP_MM, _SIGN_MM = 9.0, 4.0, 4.8
#: Air around a row (mm): the first is best to read, the others are for a sheet that would run over its page.
_ROW_AIRS_MM = (1.8, 1.3, 0.8, 0.5)
#: The words of the answers take what the longest category takes, within these limits (mm).
_WORDS_MM = (22.0, 36.0)

#: Lines beside the boxes.
Words = tuple[tuple[str, Style], ...]


@dataclass(frozen=True)
class PlacedStatements:
    """What is the same on every sheet: where the columns stand, and every statement in lines."""

    edition: Edition
    boxes_left: float
    words_left: float
    words_mm: float
    lines: Mapping[str, tuple[str, ...]]
    labels: tuple[tuple[str, ...], ...]
    page_of: Mapping[str, int]


def place_statements(pages: SummaryPages, edition: Edition) -> PlacedStatements:
    """The statements of a form in lines, once for all its sheets."""
    form = edition.form
    widest = max(width_mm(option.label, SMALL) for option in form.options)
    words_mm = min(_WORDS_MM[1], max(_WORDS_MM[0], widest))
    words_left = pages.right - words_mm
    boxes_left = words_left - _GAP_MM + 1.0 - (len(form.options) - 1) * BOX_STEP_MM - BOX_MM
    column = boxes_left - _GAP_MM - pages.left - _NUMBER_MM
    return PlacedStatements(
        edition=edition,
        boxes_left=boxes_left,
        words_left=words_left,
        words_mm=words_mm,
        lines={item.id: wrap(item.text, SMALL, column) for item in form.items},
        labels=tuple(wrap(option.label, SMALL, words_mm) for option in form.options),
        page_of={row.item_id: page.number for page in edition.layout.pages for row in page.rows},
    )


@dataclass(frozen=True)
class SheetAnswers:
    """The answers of one sheet, ready to stand beside their statements."""

    placed: PlacedStatements
    reading: SheetReading
    phrases: Phrases
    row_air_mm: float = _ROW_AIRS_MM[0]

    def rows(self, pages: SummaryPages) -> Iterator[SectionRows]:
        """The statements, section by section."""
        answers = {answer.item_id: answer for answer in self.reading.answers}
        form = self.placed.edition.form
        for number, section in enumerate(form.sections, start=1):
            items = [item.id for item in form.items if item.section == number]
            yield SectionRows(section.title, tuple(self._row(pages, id_, answers.get(id_)) for id_ in items))

    def _row(self, pages: SummaryPages, item_id: str, answer: Answer | None) -> Row:
        words = self._words(item_id, answer)
        text_mm = len(self.placed.lines[item_id]) * SMALL.leading_mm
        height = max(text_mm, sum(style.leading_mm for _, style in words)) + self.row_air_mm
        return Row(height, lambda: self._draw(pages, item_id, answer, words))

    def _draw(self, pages: SummaryPages, item_id: str, answer: Answer | None, words: Words) -> None:
        placed = self.placed
        pages.rule()
        top = pages.y + (self.row_air_mm + SMALL.leading_mm - SMALL.cap_mm) / 2
        middle = top + SMALL.cap_mm / 2
        with pages.tagged(Role.PARAGRAPH):
            pages.pen.text(Point(pages.left, top + SMALL.cap_mm), item_id, ITEM_NUMBER)
            pages.lines(Point(pages.left + _NUMBER_MM, top), placed.lines[item_id], SMALL)
            corner = Point(placed.boxes_left, middle - BOX_MM / 2)
            draw_boxes(pages.pen, corner, len(placed.labels), answer.choice if answer else None)
            left = placed.words_left
            if answer is not None and answer.is_open:
                pages.pen.warning(Point(left + 1.7, middle), 3.4)
                left += _SIGN_MM
            baseline = top + SMALL.cap_mm
            for word, style in words:
                pages.pen.text(Point(left, baseline), word, style)
                baseline += style.leading_mm

    def _words(self, item_id: str, answer: Answer | None) -> Words:
        """The category or what lacks, and who or what changed it."""
        if answer is None:
            return self._lacking(item_id)
        room = self.placed.words_mm
        if answer.choice is not None:
            words = [(line, SMALL) for line in self.placed.labels[answer.choice - 1]]
        else:
            key = "open" if answer.is_open else str(answer.state)
            said = self.phrases.say(f"summary.state.{key}")
            words = [(line, LACKS) for line in wrap(said, LACKS, room - (_SIGN_MM if answer.is_open else 0.0))]
        if answer.decided_by != READER:
            said = self.phrases.say("summary.decided_by", name=answer.decided_by)
            words += [(line, NOTE) for line in wrap(said, NOTE, room)]
        elif answer.state is AnswerState.CORRECTED:
            words += [(line, NOTE) for line in wrap(self.phrases.say("summary.corrected"), NOTE, room)]
        return tuple(words)

    def _lacking(self, item_id: str) -> Words:
        """Why an item has no answer at all."""
        page = self.placed.page_of.get(item_id)
        if page in self.reading.missing_pages:
            said = self.phrases.say("summary.page_lacks", page=page)
        else:
            said = self.phrases.say("summary.state.blank")
        return tuple((line, LACKS) for line in wrap(said, LACKS, self.placed.words_mm))


def draw_answers(pages: SummaryPages, answers: SheetAnswers) -> None:
    """Every statement with its answer; the rows close up where that keeps the sheet on its page."""
    airs = (replace(answers, row_air_mm=air) for air in _ROW_AIRS_MM)
    placed = (tuple(aired.rows(pages)) for aired in airs)
    fitting = next((sections for sections in placed if rows_mm(pages, sections) <= pages.room), None)
    draw_rows(pages, fitting or tuple(answers.rows(pages)))
