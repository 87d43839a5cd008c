from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kryds.desk.review_queue import ReviewQueue, open_items
from tests.desk.exports.groups import group, sheet
from tests.desk.review_work import CROPS, GROUPS

ITEMS = open_items(GROUPS, CROPS)


def test_the_least_certain_answer_of_all_sheets_comes_first() -> None:
    assert [(item.sheet.sheet, item.answer.item_id) for item in ITEMS] == [("2", "2.2"), ("1", "1.2"), ("2", "1.1")]


def test_each_comes_with_the_picture_of_its_row() -> None:
    assert [item.crop for item in ITEMS] == list(CROPS.values())
    assert open_items(GROUPS, {})[0].crop is None


def test_what_a_person_decided_is_not_asked_again() -> None:
    assert open_items([group(sheet("1", "", "multiple by Bo", 1, 1, 1, 1))], {}) == ()


def test_what_is_skipped_comes_again_at_the_end() -> None:
    queue = ReviewQueue(ITEMS)
    queue.skip()
    seen = []
    while queue.current is not None:
        seen.append(queue.current)
        queue.settle()

    assert (seen, queue.settled) == ([1, 2, 0], 3)


@given(st.lists(st.sampled_from(["settle", "skip", "undo"]), max_size=30))
def test_nothing_is_lost_and_undo_brings_the_last_one_back(steps: list[str]) -> None:
    queue = ReviewQueue([replace(item) for item in ITEMS])
    for step in steps:
        before, last = queue.current, queue.last
        if step == "undo" and last:
            queue.undo()
            assert queue.current == last[0]
        elif step != "undo" and before is not None:
            getattr(queue, step)()
            assert queue.last == (before, step == "settle")
    while queue.last:
        queue.undo()

    assert (queue.current, queue.settled) == (0, 0)
