import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kryds.model.edition import Edition
from kryds.model.form import Form
from kryds.model.scores import ScoredSheet
from kryds.scoring.compare import Comparison, compare, same_measure, same_statements
from kryds.scoring.divide import GroupResult, divide
from kryds.scoring.score import score_sheet
from tests.scoring.sheets import EDITION, FORM, sheet


def changed(**keys: object) -> Edition:
    return Edition(Form.model_validate({**FORM.model_dump(), **keys}), EDITION.layout)


def group(edition: Edition, *given: int | str) -> GroupResult:
    """Five sheets that all say this."""
    one = sheet(*given[: len(edition.form.items)])
    whole = divide(edition, {"": [ScoredSheet(one, score_sheet(edition, one))] * 5}).whole
    assert whole is not None
    return whole


def compared(one: Edition, other: Edition, answers: tuple[int, ...] = (3,) * 6) -> Comparison:
    return compare((one, group(one, *answers)), (other, group(other, 2, 2, 2, 2, 2, 2)))


REWORDED = changed(sections=({"title": "A", "items": ("a1", "ny", "a3")}, {"title": "B", "items": ("b1", "b2", "b3")}))
SHORTER = changed(sections=({"title": "A", "items": ("a1", "a2", "a3")}, {"title": "B", "items": ("b1",)}))
OTHER_FORM = changed(
    id="ansat", sections=({"title": "A", "items": ("x1", "x2", "x3")}, {"title": "B", "items": ("y1", "y2", "y3")})
)
ENGLISH = changed(
    language="en", sections=({"title": "A", "items": ("e1", "e2", "e3")}, {"title": "B", "items": ("f1", "f2", "f3")})
)


def test_the_change_is_how_much_higher_the_mean_is() -> None:
    pairs = compared(EDITION, EDITION, (5, 2, 1, 3, 3, 3))

    assert [pair.by for pair in pairs.items] == [3, 0, -1, 1, 1, 1]
    assert [pair.by for pair in pairs.sections] == [pytest.approx(2 / 3), 1]


def test_a_statement_with_another_wording_is_another_question() -> None:
    pairs = compared(REWORDED, EDITION)

    assert [pair.reworded for pair in pairs.items] == [False, True, False, False, False, False]
    assert pairs.items[1].by is None
    assert [pair.by for pair in pairs.sections] == [None, 1]


def test_statements_only_one_round_has_are_named() -> None:
    longer, shorter = compared(EDITION, SHORTER), compared(SHORTER, EDITION)

    assert [pair.other is None for pair in longer.items] == [False] * 4 + [True] * 2
    assert [item.item_id for item in shorter.gone] == ["2.2", "2.3"]
    assert longer.sections[1].by is None
    assert shorter.sections[1].by is None


def test_leaders_and_employees_are_asked_in_their_own_words_and_compared_all_the_same() -> None:
    pairs = compared(OTHER_FORM, EDITION)

    assert not any(pair.reworded for pair in pairs.items)
    assert {pair.by for pair in pairs.items} == {1}


def test_a_translation_says_the_same_and_one_of_another_version_need_not() -> None:
    assert {pair.by for pair in compared(ENGLISH, EDITION).items} == {1}
    assert {pair.by for pair in compared(changed(**{**ENGLISH.form.model_dump(), "version": 2}), EDITION).items} == {
        None
    }


def test_points_on_different_scales_are_not_compared() -> None:
    options = [{"id": "nej", "label": "Nej", "weight": 0}, {"id": "ja", "label": "Ja", "weight": 1}]
    other = changed(options=options, bands=())

    assert not same_measure(EDITION, other)
    with pytest.raises(ValueError, match="same options"):
        compare((EDITION, group(EDITION, *[1] * 6)), (other, group(other, *[1] * 6)))


def test_only_sheets_of_one_form_and_version_are_counted_together() -> None:
    assert same_statements(EDITION, ENGLISH)
    assert not same_statements(EDITION, REWORDED)
    assert not same_statements(EDITION, OTHER_FORM)
    assert not same_statements(EDITION, changed(version=2))


def test_what_is_hidden_in_one_has_no_difference() -> None:
    hidden = group(EDITION, "blank", 3, 3, 3, 3, 3)

    assert compare((EDITION, hidden), (EDITION, group(EDITION, *[2] * 6))).items[0].by is None


@given(st.tuples(*[st.integers(1, 5)] * 6), st.tuples(*[st.integers(1, 5)] * 6))
@settings(deadline=None)
def test_what_one_gains_the_other_lacks(one: tuple[int, ...], other: tuple[int, ...]) -> None:
    here, there = (EDITION, group(EDITION, *one)), (EDITION, group(EDITION, *other))
    forth, back = compare(here, there), compare(there, here)

    assert [pair.by for pair in forth.items] == [-(pair.by or 0) for pair in back.items]
