from collections.abc import Mapping, Sequence
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kryds.model.reading import SheetReading
from kryds.model.scores import ScoredSheet
from kryds.scoring.anonymity import told_apart
from kryds.scoring.divide import DividedResult, GroupResult, divide
from kryds.scoring.score import score_sheet
from tests.scoring.sheets import EDITION, FORM, sheet

ITEMS = [item.id for item in FORM.items]
GIVEN = st.one_of(st.integers(1, 5), st.sampled_from(["blank", "multiple", "doubtful"]))
SHEET = st.lists(GIVEN, min_size=4, max_size=6).map(lambda given: sheet(*given))
PILES = st.dictionaries(st.sampled_from("ABCDE"), st.lists(SHEET, max_size=9), min_size=1, max_size=5)


def scored(sheets: Sequence[SheetReading]) -> list[ScoredSheet]:
    return [ScoredSheet(one, score_sheet(EDITION, one)) for one in sheets]


def divided(pile: Mapping[str, Sequence[SheetReading]], minimum: int = 5) -> DividedResult:
    return divide(EDITION, {name: scored(sheets) for name, sheets in pile.items()}, minimum)


def shown(result: DividedResult) -> list[GroupResult]:
    return [*result.groups, *([result.whole] if result.whole else [])]


def likes(*given: int | str, times: int = 5) -> list[SheetReading]:
    return [sheet(*given)] * times


def test_groups_are_shown_beside_the_whole() -> None:
    result = divided({"leder": likes(5, 5, 5, 5, 5, 5), "ansat": likes(1, 2, 1, 1, 1, 1, times=6)})
    ansat, leder = result.groups

    assert (ansat.names, ansat.sheets, ansat.items[1].crosses) == (("ansat",), 6, (0, 6, 0, 0, 0))
    assert leder.sections[0].mean == 5
    assert result.whole is not None
    assert result.whole.items[0].crosses == (6, 0, 0, 0, 5)


def test_a_group_of_three_is_shown_neither_alone_nor_as_what_nine_of_twelve_leave() -> None:
    result = divided({"A": likes(1, 1, 1, 1, 1, 1, times=9), "B": likes(5, 5, 5, 5, 5, 5, times=3)})

    assert result.groups == ()
    assert result.whole is not None
    assert result.whole.sheets == 12
    assert result.sizes == (("A", 9), ("B", 3))


def test_a_pile_of_four_shows_only_how_many_there_are() -> None:
    result = divided({"": likes(1, 1, 1, 1, 1, 1, times=4)})

    assert (result.whole, result.groups, result.sheets) == (None, (), 4)


def test_a_statement_few_answered_is_hidden_in_the_group_and_in_what_would_give_it_away() -> None:
    few = [*likes(3, 3, 3, 3, 3, 3, times=2), *likes("blank", 3, 3, 3, 3, 3, times=4)]
    result = divided({"A": few, "B": likes(2, 2, 2, 2, 2, 2, times=7)})
    a, b = result.groups

    assert (a.items[0].crosses, a.items[0].mean, a.items[0].answered, a.items[0].blank) == (None, None, 2, 4)
    assert b.items[0].crosses is None
    assert result.whole is not None
    assert result.whole.items[0].crosses == (0, 7, 2, 0, 0)
    assert a.items[1].crosses == (0, 0, 6, 0, 0)
    assert (a.sections[0].mean, a.sections[1].mean) == (None, 3)


def test_what_lacks_is_counted_by_its_kind() -> None:
    pile = [*likes(3, 3, 3, 3, 3, 3), sheet("blank", "multiple", 3, "doubtful"), sheet(3, 3, 3)]
    whole = divided({"": pile}).whole
    assert whole is not None
    lacking = [(item.answered, item.awaiting, item.blank, item.multiple, item.unread) for item in whole.items]

    assert lacking == [
        (6, 0, 1, 0, 0),
        (6, 1, 0, 0, 0),
        (7, 0, 0, 0, 0),
        (5, 1, 0, 0, 1),
        (5, 0, 0, 0, 2),
        (5, 0, 0, 0, 2),
    ]
    assert (whole.complete, whole.needs_review, whole.incomplete, whole.open_items) == (5, 1, 1, 2)
    assert (whole.sections[1].answered, whole.sections[1].lacking) == (15, 6)


def test_the_mean_of_a_section_is_that_of_the_answers_given() -> None:
    whole = divided({"": [*likes(1, 2, 3, 4, 4, 4), sheet(5, 2, "blank", 4, 4, 4)]}).whole
    assert whole is not None

    assert whole.sections[0].mean == pytest.approx((5 * 6 + 7) / 17)


def test_strongest_and_weakest_are_named_among_what_is_shown() -> None:
    pile = [*likes(5, 1, 4, 2, 3, 3, times=4), *likes("blank", 1, 4, 2, 3, 3)]
    whole = divided({"": pile}).whole
    assert whole is not None

    assert (whole.strongest, whole.weakest) == ((), ())  # of six, one is hidden


@given(PILES, st.integers(2, 6))
@settings(max_examples=200, deadline=None)
def test_whatever_is_taken_from_what_no_few_answers_are_left(pile: dict[str, list[SheetReading]], minimum: int) -> None:
    result = divided(pile, minimum)

    for at, _ in enumerate(ITEMS):
        whole = result.whole.items[at].crosses if result.whole else None
        groups = [sum(crosses) for group in result.groups if (crosses := group.items[at].crosses) is not None]
        assert all(answered >= minimum for answered in groups)
        if whole is None:
            assert not groups
            continue
        for some in (some for taken in range(len(groups) + 1) for some in combinations(groups, taken)):
            left = sum(whole) - sum(some)
            assert left == 0 or left >= minimum


@given(PILES, st.integers(2, 6))
@settings(max_examples=200, deadline=None)
def test_no_reckoning_at_all_can_tell_a_few_answers_apart(pile: dict[str, list[SheetReading]], minimum: int) -> None:
    """Every shown number is a sum over a set of (sheet, item); who is in the same sets always counts alike."""
    sets = []
    for group in shown(divided(pile, minimum)):
        answered = [
            (name, number, answer.item_id)
            for name in group.names
            for number, one in enumerate(pile[name])
            for answer in one.answers
            if answer.state.counts
        ]
        sets += [frozenset(p for p in answered if p[2] == item.item_id) for item in group.items if item.crosses]
        sections = [str(section.number) for section in group.sections if section.mean is not None]
        sets += [frozenset(p for p in answered if p[2].startswith(f"{number}.")) for number in sections]

    for alike in told_apart(sets):
        assert len({(name, number) for name, number, _ in alike}) >= minimum


@given(PILES, st.integers(2, 6))
@settings(deadline=None)
def test_nobody_is_left_out_unsaid(pile: dict[str, list[SheetReading]], minimum: int) -> None:
    result = divided(pile, minimum)

    assert result.sheets == sum(len(sheets) for sheets in pile.values()) == sum(size for _, size in result.sizes)
    for group in shown(result):
        assert group.sheets == sum(len(pile[name]) for name in group.names)
        assert group.sheets == group.complete + group.needs_review + group.incomplete
        for item in group.items:
            assert item.answered + item.lacking == group.sheets
            assert item.crosses is None or sum(item.crosses) == item.answered
