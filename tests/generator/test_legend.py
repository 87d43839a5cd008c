import io
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from kryds.generator.drawn_page import AnnotatedPage, rows_of
from kryds.generator.legend import draw_strip, fate_words
from kryds.generator.overlay_pen import OverlayPen
from kryds.generator.sheet_frame import PageBox, frame_of_page, frame_of_sheet
from kryds.model.geometry import Rect
from kryds.model.phrases import Phrases
from kryds.model.reading import AnswerState, PageState, Reason
from tests.generator import annotated

BOX = PageBox(0, 0, 604.8, 855.36)
A4 = Rect(0, 0, 210, 297)


def strip(page: AnnotatedPage, phrases: Phrases, shown: Rect = A4) -> list[str]:
    """The words of the strip, a line each."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842), invariant=1)
    rows = list(rows_of(page, annotated.edition(), frame_of_sheet(page.reading, (210, 297), BOX)))
    draw_strip(OverlayPen(canvas, frame_of_page(PageBox(0, 0, 595, 842))), page, rows, (shown, phrases))
    canvas.save()
    return PdfReader(file).pages[0].extract_text().splitlines()


def page(*states: AnswerState) -> AnnotatedPage:
    answers = [annotated.unanswered(item, state) for item, state in zip(annotated.ROWS, states, strict=False)]
    read = annotated.page(Path("scan.pdf"), answers=answers or (annotated.answered("1.1", 2),))
    return replace(read, reading=replace(read.reading, marks=()))


def test_a_plain_page_explains_the_plain_signs_only(danish: Phrases) -> None:
    assert strip(page(), danish) == ["Læst: ark 12, side 1", "2", "point", "læst svar"]


def test_every_sign_on_the_page_is_explained(danish: Phrases) -> None:
    words = strip(page(AnswerState.MULTIPLE, AnswerState.BLANK), danish)

    assert words == ["Læst: ark 12, side 1 – 1 venter på en person", "intet svar", "2+", "flere kryds"]


def test_what_a_person_settled_no_longer_waits(danish: Phrases) -> None:
    settled = replace(page(), answers=(annotated.answered("1.1", 2, by="Jens"),))

    assert strip(settled, danish) == ["Læst: ark 12, side 1", "2", "point", "afgjort af en person"]


def test_where_there_is_no_room_the_signs_that_speak_for_themselves_give_way(danish: Phrases) -> None:
    crowded = annotated.page(Path("scan.pdf"), answers=annotated.ANSWERS)

    narrow = strip(crowded, danish, Rect(0, 0, 105, 150))
    narrower = strip(crowded, danish, Rect(0, 0, 85, 150))

    assert narrow[1:] == ["?", "tvivl"]
    assert narrower[1:] == []


@pytest.mark.parametrize(
    ("state", "reason", "said"),
    [
        (PageState.READ, None, "Læst: ark 12, side 1"),
        (PageState.BLANK, None, "Tom side"),
        (PageState.FOREIGN, None, "Ikke læst"),
        (PageState.UNREADABLE, Reason("page_damaged"), "Ikke læst – Siden er beskadiget i filen"),
        (
            PageState.DUPLICATE,
            Reason("read_before", (("source", "a.pdf"), ("page", "3"))),
            "Tæller ikke med – Siden er",
        ),
    ],
)
def test_each_fate_has_its_words(state: PageState, reason: Reason | None, said: str, danish: Phrases) -> None:
    words = fate_words(replace(annotated.reading(), state=state, reason=reason), danish)

    assert words.startswith(said)


@pytest.mark.parametrize("code", [None, replace(annotated.reading().code, copy=0)])  # type: ignore[type-var]
def test_a_sheet_without_a_number_is_named_by_its_page_alone(code: None, danish: Phrases) -> None:
    assert fate_words(replace(annotated.reading(), code=code), danish) == "Læst: side 1"


def test_a_long_reason_runs_over_several_lines(danish: Phrases) -> None:
    reason = Reason("code_contradicts_fiducials", (("sheet", "12"), ("page", "1")))
    reading = replace(annotated.reading(), state=PageState.UNREADABLE, reason=reason)

    words = strip(replace(page(), reading=reading, answers=()), danish, Rect(0, 0, 100, 150))

    assert len(words) > 1
    assert " ".join(words) == fate_words(reading, danish)
