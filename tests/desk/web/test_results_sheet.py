from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kryds.desk.web.results_sheet import sheet_page, upright
from kryds.model.reading import BoxMeasurement, BoxState, Mark, PageReading, PageState, PixelRect, SheetReading
from kryds.model.scores import ScoredSheet
from kryds.scoring.score import score_sheet
from tests.scoring.sheets import EDITION, answer

PAGE = PageReading("b.pdf", 4, PageState.READ, digest=EDITION.digest, number=1, width_px=1000, height_px=1400)
BOX = PixelRect(100, 200, 40, 20)


def box(choice: int) -> BoxMeasurement:
    return BoxMeasurement("1.1", choice, PixelRect(choice * 100, 50, 40, 40), 0, 1, 0, 0, 0)


def mark(choice: int, state: BoxState) -> Mark:
    return Mark("1.1", choice, state, 0.9, (0, 1, 0, 0))


def page_of(*given: int | str, marks: tuple[BoxState, ...] = (BoxState.EMPTY,) * 5) -> SheetReading:
    answers = tuple(answer(f"1.{at}", what) for at, what in enumerate(given, start=1))
    page = replace(
        PAGE,
        answers=answers,
        measurements=tuple(box(choice) for choice in range(1, 6)),
        marks=tuple(mark(choice, state) for choice, state in enumerate(marks, start=1)),
    )
    return SheetReading("7", EDITION.digest, "Åse", (page,), answers, (2,))


def shown(reading: SheetReading):  # type: ignore[no-untyped-def]  # noqa: ANN201 - the page under test
    return sheet_page(EDITION, ScoredSheet(reading, score_sheet(EDITION, reading)), {"b.pdf": 3})


@pytest.mark.parametrize(
    ("turn", "expected"),
    [(0, BOX), (90, (1180, 100, 20, 40)), (180, (860, 1180, 40, 20)), (270, (200, 860, 20, 40))],
)
def test_a_box_stands_where_it_is_when_the_page_is_turned(turn: int, expected: tuple[float, ...] | PixelRect) -> None:
    wanted = expected if isinstance(expected, PixelRect) else PixelRect(*expected)

    assert upright(replace(PAGE, rotation_deg=turn), BOX) == wanted


@given(st.sampled_from([0, 90, 180, 270]), st.floats(0, 900), st.floats(0, 1300), st.floats(1, 100))
def test_a_box_on_the_page_is_on_the_turned_page(turn: int, x: float, y: float, side: float) -> None:
    page = replace(PAGE, rotation_deg=turn)
    width, height = (1400, 1000) if turn in (90, 270) else (1000, 1400)
    found = upright(page, PixelRect(x, y, side, side))

    assert -1e-6 <= found.x <= width - side + 1e-6
    assert -1e-6 <= found.y <= height - side + 1e-6


def test_an_answer_stands_beside_its_statement_and_its_box() -> None:
    page = shown(page_of(2, "blank", 5, marks=(BoxState.CANCELLED, BoxState.CROSSED, *[BoxState.EMPTY] * 3)))
    first, blank, _ = page.sections[0].lines
    (seen,) = [seen for seen in page.pages[0].items if seen.line == first]

    assert first.option is not None
    assert (first.option.label, first.page, first.anchor, blank.option) == ("K2", 1, "1-1", None)
    assert [(each.state, each.is_answer) for each in seen.boxes] == [
        (BoxState.CANCELLED, False),
        (BoxState.CROSSED, True),
    ]
    assert seen.boxes[1].rect == PixelRect(190, 40, 60, 60)
    assert (page.pages[0].file, page.pages[0].index) == (3, 5)


def test_where_nothing_is_marked_all_boxes_are_shown() -> None:
    assert len(shown(page_of("blank")).pages[0].items[0].boxes) == 5


def test_a_statement_on_a_missing_page_has_no_answer_and_no_place() -> None:
    line = shown(page_of(1, 2, 3)).sections[1].lines[0]

    assert (line.answer, line.page) == (None, None)
