from collections.abc import Callable
from pathlib import Path

import pytest

from kryds.desk.result import gather, load_result
from kryds.desk.store import Store
from kryds.desk.web.queue import Queue, Word, words_for
from kryds.model.reading import AnswerState
from tests.desk.web.desks import new_desk, open_pile

Make = Callable[[int], Queue]


@pytest.fixture
def queue(tmp_path: Path) -> Make:
    def make(people: int = 1) -> Queue:
        desk = new_desk(tmp_path)
        return fresh(desk.store(open_pile(desk, people=people)))

    return make


def fresh(store: Store) -> Queue:
    """The queue as another server would have it."""
    made = Queue(store)
    made.refresh(gather(store))
    return made


def items(queue: Queue, who: str, count: int = 9) -> list[str]:
    return [ask.item.answer.item_id for ask in queue.next(who, count)]


def say(queue: Queue, who: str, choice: int) -> str:
    """The first row for this person is decided."""
    ask = queue.next(who, 1)[0]
    assert queue.decide(ask, who, Word(AnswerState.ANSWERED, choice))
    return ask.item.answer.item_id


def test_the_riskiest_row_comes_first_and_each_is_handed_to_one_person(queue: Make) -> None:
    made = queue(1)

    assert items(made, "Åse", 1) == ["2.2"]
    assert items(made, "Bo", 1) == ["1.2"]
    assert items(made, "Åse", 1) == ["2.2"]
    assert len(items(made, "Cecilie")) == 1


def test_what_others_hold_is_handed_out_too_when_nothing_else_is_left(queue: Make) -> None:
    made = queue(1)
    items(made, "Åse")

    assert items(made, "Bo") == ["2.2", "1.2", "1.1"]


def test_of_two_words_on_one_row_the_first_stands(queue: Make) -> None:
    made = queue(1)
    [ask, *_] = made.next("Åse", 1)
    other = fresh(made.store)
    [same] = [each for each in other.next("Bo", 9) if each.key == ask.key]

    assert made.decide(ask, "Åse", Word(AnswerState.ANSWERED, 1))
    assert not other.decide(same, "Bo", Word(AnswerState.ANSWERED, 2))
    assert [(each.who, each.choice) for each in made.store.decisions()] == [("Åse", 1)]


def test_a_word_taken_back_leaves_the_row_open_and_may_be_said_again(queue: Make) -> None:
    made = queue(1)
    say(made, "Åse", 1)
    key = made.last_of("Åse")
    assert key
    assert not made.take_back(key, "Bo")
    assert made.take_back(key, "Åse")
    assert made.waiting() == 3
    say(made, "Åse", 2)

    assert [each.state.value for each in made.store.decisions()] == ["answered", "doubtful", "answered"]
    assert (made.waiting(), fresh(made.store).waiting()) == (2, 2)


def test_two_people_settle_each_row_without_seeing_the_others_word(queue: Make) -> None:
    made = queue(2)
    for _ in range(3):
        say(made, "Åse", 1)
    assert items(made, "Åse") == []
    assert made.waiting() == 3
    for _ in range(3):
        say(made, "Bo", 1)

    result = load_result(made.store)
    answers = [a for sheet in result.sheets for a in sheet.reading.answers if a.decided_by != "reader"]
    assert (made.waiting(), result.open_items) == (0, 0)
    assert {answer.decided_by for answer in answers} == {"Åse + Bo"}


def test_where_two_differ_both_words_are_shown_and_a_third_decides(queue: Make) -> None:
    made = queue(2)
    for who, choice in (("Åse", 1), ("Bo", 3)):
        for _ in range(3):
            say(made, who, choice)
    [ask, *_] = made.next("Cecilie", 1)
    assert load_result(made.store).open_items == 3
    assert [(word.who, word.choice) for word in ask.words] == [("Åse", 1), ("Bo", 3)]
    assert made.decide(ask, "Cecilie", Word(AnswerState.BLANK))

    assert (made.waiting(), load_result(made.store).open_items) == (2, 2)


def test_nobody_says_both_words(queue: Make) -> None:
    made = queue(2)
    [ask, *_] = made.next("Åse", 1)
    made.decide(ask, "Åse", Word(AnswerState.ANSWERED, 1))

    assert made.ask(ask.key, "Åse") is None
    assert not made.decide(ask, "Åse", Word(AnswerState.ANSWERED, 1))


def test_a_page_may_say_a_choice_of_the_row_blank_or_several() -> None:
    assert list(words_for(2)) == ["1", "2", "blank", "multiple"]
    assert words_for(2)["2"] == Word(AnswerState.ANSWERED, 2)
