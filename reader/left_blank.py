"""The pages of one sheet, seen together: what ink was lost from one, another tells. Needs no pixels, and no OpenCV."""

from collections.abc import Sequence
from dataclasses import replace

from kryds.model.reading import Answer, AnswerState, PageReading, Reason
from kryds.reader.settings import ReaderSettings

#: Why a blank row is put to a person on a page whose ink seems to be lost.
INK_LOST = (Reason("ink_lost"),)


def trust_blanks(pages: Sequence[PageReading], settings: ReaderSettings) -> tuple[PageReading, ...]:
    """The pages of one sheet; one without a mark is blank after all where another shows that the pen is not lost.

    That is where its writer crosses boldly there, and no row of it is asked about as ink seems to be lost.
    """
    bold = any(page.pen_ink >= settings.bold_ink and not any(map(_is_lost, page.answers)) for page in pages)
    return tuple(_left_blank(page, settings) if bold and all(map(_is_lost, page.answers)) else page for page in pages)


def _is_lost(answer: Answer) -> bool:
    return answer.is_open and answer.reasons == INK_LOST


def _left_blank(page: PageReading, settings: ReaderSettings) -> PageReading:
    sure = settings.blank_sure
    blank = (replace(answer, state=AnswerState.BLANK, confidence=sure, reasons=()) for answer in page.answers)
    return replace(page, answers=tuple(blank))
