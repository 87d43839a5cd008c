from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from kryds.scoring.anonymity import keeps_apart_none_under, parts_of, told_apart

SIZES = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=1), st.integers(0, 12), max_size=8)


def test_large_groups_are_shown_by_themselves() -> None:
    assert parts_of({"A": 5, "B": 9}) == (frozenset("A"), frozenset("B"))


def test_small_groups_are_shown_together() -> None:
    assert parts_of({"A": 9, "B": 3, "C": 2}) == (frozenset("A"), frozenset("BC"))


def test_a_small_group_takes_the_smallest_large_one_with_it_so_that_the_whole_does_not_show_it() -> None:
    assert parts_of({"A": 9, "B": 3, "C": 7}) == (frozenset("A"), frozenset("BC"))


def test_too_few_altogether_are_not_shown() -> None:
    assert parts_of({"A": 2, "B": 2}) == ()
    assert parts_of({}) == ()


def test_who_shares_every_set_cannot_be_told_apart() -> None:
    assert set(told_apart([frozenset("abc"), frozenset("ab")])) == {frozenset("ab"), frozenset("c")}
    assert not keeps_apart_none_under(2, [frozenset("abc"), frozenset("ab")])


@given(SIZES, st.integers(1, 6))
def test_every_part_holds_enough_people_and_everybody_is_in_one(sizes: dict[str, int], minimum: int) -> None:
    parts = parts_of(sizes, minimum)
    inside = [cell for part in parts for cell in part]

    assert all(sum(sizes[cell] for cell in part) >= minimum for part in parts)
    assert len(inside) == len(set(inside))
    assert set(inside) in (set(), {cell for cell, people in sizes.items() if people})
    assert bool(parts) == (sum(sizes.values()) >= minimum)


@given(SIZES, st.integers(1, 6))
def test_no_whole_less_some_groups_leaves_a_few_people(sizes: dict[str, int], minimum: int) -> None:
    parts = parts_of(sizes, minimum)
    shown = [sum(sizes[cell] for cell in part) for part in parts]

    for taken in range(len(shown)):
        for some in combinations(shown, taken):
            assert sum(shown) - sum(some) >= minimum


@given(SIZES, st.integers(1, 6))
def test_a_group_that_is_large_enough_is_hidden_only_to_cover_a_small_one(sizes: dict[str, int], minimum: int) -> None:
    parts = parts_of(sizes, minimum)
    covering = [part for part in parts if len(part) > 1 and any(sizes[cell] >= minimum for cell in part)]

    assert len(covering) <= 1
    for part in covering:
        assert sum(sizes[cell] for cell in part if sizes[cell] < minimum) < minimum
