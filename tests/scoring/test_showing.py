from hypothesis import given, settings
from hypothesis import strategies as st

from kryds.scoring.showing import FormShown, GroupShown, holds, may_follow

SHEETS = "abcdefghijkl"


def shown(answers: dict[str, int | None], *groups: str) -> FormShown:
    """One item; the groups are letters of sheets, none given is all."""
    told = tuple(GroupShown(tuple(group), ("1.1",)) for group in groups or ("".join(answers),))
    return FormShown(("1.1",), {sheet: (choice,) for sheet, choice in answers.items()}, told)


TWELVE = shown(dict.fromkeys(SHEETS, 3))


def test_the_same_may_be_shown_again() -> None:
    assert may_follow([TWELVE], [TWELVE])


def test_a_thirteenth_sheet_waits_for_four_more() -> None:
    def later(more: str) -> FormShown:
        return shown(dict.fromkeys(SHEETS + more, 3))

    assert [may_follow([TWELVE], [later("nopqr"[:count])]) for count in range(6)] == [True, *[False] * 4, True]


def test_a_row_that_was_settled_meanwhile_would_tell_what_it_says() -> None:
    waiting = shown({**dict.fromkeys(SHEETS, 3), "a": None})

    assert not may_follow([waiting], [TWELVE])


def test_a_changed_answer_is_another_answer() -> None:
    assert not may_follow([TWELVE], [shown({**dict.fromkeys(SHEETS, 3), "a": 4})])
    assert may_follow([TWELVE], [shown({**dict.fromkeys(SHEETS, 3), **dict.fromkeys("abcde", 4)})])


def test_a_sheet_that_is_gone_would_be_told_by_what_is_left() -> None:
    assert not may_follow([TWELVE], [shown(dict.fromkeys(SHEETS[1:], 3))])


def test_a_group_cut_another_way_would_tell_who_changed_side() -> None:
    before = shown(dict.fromkeys(SHEETS, 3), "abcdef", "ghijkl")

    assert not may_follow([before], [shown(dict.fromkeys(SHEETS, 3), "abcdefg", "hijkl")])


@given(st.lists(st.dictionaries(st.sampled_from(SHEETS), st.integers(1, 2), min_size=1), max_size=6))
@settings(max_examples=150, deadline=None)
def test_an_attacker_who_saves_every_showing_cannot_work_out_a_few_answers(visits: list[dict[str, int | None]]) -> None:
    """Whatever comes and goes, the difference of any two showings is about none or at least three answers each way."""
    seen: list[FormShown] = []
    for answers in visits:
        if may_follow(seen, [shown(answers)], 3):
            seen.append(shown(answers))

    sets = [each for showing in seen for each in showing.sets()]
    for one in sets:
        for other in sets:
            assert len(one - other) == 0 or len(one - other) >= 3
            assert len(one & other) == 0 or len(one & other) >= 3


def test_what_was_told_of_few_when_fewer_were_enough_hinders_nothing_that_tells_no_more_of_them() -> None:
    few = shown(dict.fromkeys("abc", 3))

    assert (holds([few], 3), holds([few], 5)) == (True, False)
    assert may_follow([few], [shown(dict.fromkeys(SHEETS, 3))], 5)
    assert not may_follow([few], [shown(dict.fromkeys("abcdefg", 3))], 5)  # less the three, four are told apart
    assert not may_follow([few], [shown(dict.fromkeys("ab", 3))], 5)
