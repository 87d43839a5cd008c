import subprocess
import sys
from dataclasses import replace

import pytest

from kryds.model.reading import Answer, AnswerState, PageReading, PageState, Reason
from kryds.reader.left_blank import trust_blanks
from kryds.reader.settings import DEFAULT

ANSWERED, BLANK, DOUBTFUL = AnswerState.ANSWERED, AnswerState.BLANK, AnswerState.DOUBTFUL
LOST = Answer("1.1", None, DOUBTFUL, 0.5, (Reason("ink_lost"),))
CLEAR = Answer("2.1", 2, ANSWERED, 1.0)


def _page(number: int, ink: float, *answers: Answer) -> PageReading:
    return PageReading("pile.pdf", number - 1, PageState.READ, number=number, pen_ink=ink, answers=answers)


@pytest.mark.parametrize(
    ("ink", "beside", "told"),
    [(0.3, CLEAR, BLANK), (0.05, CLEAR, DOUBTFUL), (0.3, replace(LOST, item_id="2.2"), DOUBTFUL)],
    ids=["a bold pen", "a faint pen", "a pen whose ink is lost there, too"],
)
def test_a_page_without_a_mark_is_blank_where_another_of_its_sheet_shows_a_bold_pen(
    ink: float, beside: Answer, told: AnswerState
) -> None:
    first, second = _page(1, 0.0, LOST, replace(LOST, item_id="1.2")), _page(2, ink, CLEAR, beside)

    trusted = trust_blanks((first, second), DEFAULT)

    assert [answer.state for answer in trusted[0].answers] == [told, told]
    assert trusted[1] is second


def test_a_page_with_any_mark_keeps_its_questions_whatever_the_others_show() -> None:
    first, second = _page(1, 0.0, LOST, replace(CLEAR, item_id="1.2")), _page(2, 0.3, CLEAR)

    assert trust_blanks((first, second), DEFAULT) == (first, second)


def test_gathering_pages_loads_nothing_that_reads_them() -> None:
    program = "import kryds.desk.result, sys; sys.exit(any(name in sys.modules for name in ('cv2', 'numpy')))"

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
