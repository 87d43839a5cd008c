from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kryds.model.reading import AnswerState, Reason, SheetReading, SheetStatus
from kryds.scoring.score import score_sheet
from tests.scoring.sheets import EDITION, FORM, sheet

CHOICE = st.integers(1, 5)
ANYTHING = st.one_of(CHOICE, st.sampled_from(["blank", "multiple", "doubtful"]))


def test_points_are_crosses_times_weight_added_up() -> None:
    score = score_sheet(EDITION, sheet(1, 2, 2, 5, 5, 5))

    assert [(line.crosses, line.weight, line.points) for line in score.counts] == [
        (1, 1, 1),
        (2, 2, 4),
        (0, 3, 0),
        (0, 4, 0),
        (3, 5, 15),
    ]
    assert (score.points, score.max_points, score.status) == (20, 30, SheetStatus.SCORED)


def test_sections_add_up_their_own_items() -> None:
    sections = score_sheet(EDITION, sheet(1, 2, 2, 5, 5, "blank")).sections

    assert [(s.points, s.max_points, s.answered, s.items) for s in sections] == [(5, 15, 3, 3), (10, 15, 2, 3)]


@pytest.mark.parametrize(
    ("given_", "status"),
    [
        ((1, 2, 3, 4, 5, 1), SheetStatus.SCORED),
        ((1, 2, 3, 4, 5, "blank"), SheetStatus.INCOMPLETE),
        ((1, 2, 3), SheetStatus.INCOMPLETE),
        ((1, 2, 3, 4, 5, "doubtful"), SheetStatus.NEEDS_REVIEW),
        ((1, 2, 3, 4, 5, "multiple"), SheetStatus.NEEDS_REVIEW),
        ((1, 2, 3, 4, "blank", "multiple"), SheetStatus.NEEDS_REVIEW),
    ],
)
def test_the_status_says_whether_the_points_can_be_used(given_: tuple[int | str, ...], status: SheetStatus) -> None:
    score = score_sheet(EDITION, sheet(*given_))

    assert score.status is status
    assert score.complete == (status is SheetStatus.SCORED)


def test_a_double_that_a_person_confirmed_leaves_the_sheet_incomplete() -> None:
    double = sheet(1, 2, 3, 4, 5, "multiple")
    settled = replace(double, answers=(*double.answers[:-1], replace(double.answers[-1], decided_by="Åse")))

    assert score_sheet(EDITION, settled).status is SheetStatus.INCOMPLETE


def test_pages_that_may_not_belong_together_need_a_person() -> None:
    guessed = replace(sheet(1, 2, 3, 4, 5, 1), problems=(Reason("pages_paired_by_guess"),))

    assert score_sheet(EDITION, guessed).status is SheetStatus.NEEDS_REVIEW


@pytest.mark.parametrize(("choice", "band"), [(1, "lav"), (2, "lav"), (3, "høj"), (5, "høj")])
def test_a_complete_total_has_its_band(choice: int, band: str) -> None:
    found = score_sheet(EDITION, sheet(*[choice] * 6)).band

    assert found is not None
    assert found.label == band


def test_a_total_that_lacks_items_has_no_band() -> None:
    assert score_sheet(EDITION, sheet(5, 5, 5, 5, 5, "blank")).band is None


def test_a_form_without_bands_gives_none() -> None:
    bare = replace(EDITION, form=FORM.model_copy(update={"bands": ()}))

    assert score_sheet(bare, sheet(1, 1, 1, 1, 1, 1)).band is None


@given(st.lists(ANYTHING, min_size=0, max_size=6))
def test_what_does_not_count_adds_nothing_and_nothing_is_counted_twice(given_: list[int | str]) -> None:
    score = score_sheet(EDITION, sheet(*given_))
    numbers = [value for value in given_ if isinstance(value, int)]

    assert score.points == sum(numbers)
    assert score.answered == len(numbers) == sum(line.crosses for line in score.counts)
    assert score.points == sum(line.points for line in score.counts) == sum(s.points for s in score.sections)
    assert score.blank == given_.count("blank")
    assert score.awaiting == given_.count("multiple") + given_.count("doubtful")


@given(st.lists(CHOICE, min_size=6, max_size=6))
def test_a_corrected_answer_counts_like_any_other(choices: list[int]) -> None:
    plain = sheet(*choices)
    corrected: SheetReading = replace(
        plain, answers=tuple(replace(answer, state=AnswerState.CORRECTED) for answer in plain.answers)
    )

    assert score_sheet(EDITION, corrected) == score_sheet(EDITION, plain)
