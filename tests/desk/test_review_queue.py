from dataclasses import replace

from kryds.desk.review_queue import open_items
from kryds.model.reading import SheetReading
from tests.desk.exports.groups import EDITION, sheet

EDITIONS = {EDITION.digest: EDITION}


def less_sure(reading: SheetReading, item_id: str, confidence: float) -> SheetReading:
    answers = tuple(
        replace(answer, confidence=confidence) if answer.item_id == item_id else answer for answer in reading.answers
    )
    return replace(reading, answers=answers, pages=(replace(reading.pages[0], answers=answers),))


def test_the_least_certain_answer_of_all_sheets_comes_first() -> None:
    second = less_sure(sheet("2", "", "doubtful", 1, 1, "doubtful", 1), "2.2", 0.1)
    items = open_items([sheet("1", "", 1, "multiple", 2, 2, 2), second], EDITIONS)

    assert [(item.sheet.sheet, item.answer.item_id) for item in items] == [("2", "2.2"), ("1", "1.2"), ("2", "1.1")]


def test_what_a_person_decided_is_not_asked_again() -> None:
    assert open_items([sheet("1", "", "multiple by Bo", 1, 1, 1, 1)], EDITIONS) == ()
