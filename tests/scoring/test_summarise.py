import pytest

from kryds.scoring.summarise import summarise
from tests.scoring.sheets import EDITION, sheet


def test_distributions_count_every_countable_answer() -> None:
    group = summarise(EDITION, [sheet(1, 2, 3, 4, 5, 5), sheet(1, 3, 3, "blank", "doubtful", 1)])
    by_id = {item.item_id: item for item in group.items}

    assert by_id["1.1"].crosses == (2, 0, 0, 0, 0)
    assert (by_id["1.2"].crosses, by_id["1.2"].mean) == ((0, 1, 1, 0, 0), 2.5)
    assert (by_id["2.1"].crosses, by_id["2.1"].without_answer, by_id["2.1"].mean) == ((0, 0, 0, 1, 0), 1, 4)
    assert by_id["2.2"].without_answer == 1


def test_means_of_totals_are_over_complete_sheets_only() -> None:
    group = summarise(EDITION, [sheet(1, 1, 1, 1, 1, 1), sheet(5, 5, 5, 3, 3, 3), sheet(5, 5, 5, 5, 5, "blank")])

    assert group.mean_points == 15
    assert [(s.mean, s.sheets) for s in group.sections] == [(3.0, 2), (2.0, 2)]


def test_sheets_are_counted_out_loud() -> None:
    group = summarise(
        EDITION, [sheet(*[1] * 6), sheet(*[1] * 5, "blank"), sheet(*["multiple", "doubtful"], *[1] * 4), sheet(1)]
    )

    assert (group.complete, group.incomplete, group.needs_review, group.open_items) == (1, 2, 1, 2)
    assert len(group.sheets) == 4


def test_strongest_and_weakest_are_named_and_never_the_same() -> None:
    group = summarise(EDITION, [sheet(5, 1, 4, 2, 3, 3)])

    assert group.strongest == ("1.1", "1.3", "2.2")
    assert group.weakest == ("1.2", "2.1", "2.3")


def test_equal_means_stand_in_printed_order_and_on_one_side_only() -> None:
    group = summarise(EDITION, [sheet(3, 3, 3, 3, 3, 2)])

    assert (group.strongest, group.weakest) == (("1.1", "1.2", "1.3"), ("2.3", "2.1", "2.2"))


def test_statements_that_are_all_alike_are_neither_strong_nor_weak() -> None:
    group = summarise(EDITION, [sheet(*[3] * 6)])

    assert (group.strongest, group.weakest) == ((), ())


def test_too_few_statements_with_answers_name_no_extremes() -> None:
    assert summarise(EDITION, [sheet(1, 2, 3, 4, 5)]).strongest == ()


@pytest.mark.parametrize("sheets", [[], [sheet("blank", "blank", "blank", "blank", "blank", "blank")]])
def test_a_group_without_answers_has_no_means(sheets: list) -> None:  # type: ignore[type-arg]  # sheets or none
    group = summarise(EDITION, sheets)

    assert group.mean_points is None
    assert {item.mean for item in group.items} == {None}
    assert {section.mean for section in group.sections} == {None}
