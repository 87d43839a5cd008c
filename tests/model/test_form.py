import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kryds.model.form import Band, Form, Option, Section, plain


def form(weights: tuple[int, ...] = (1, 2), bands: tuple[Band, ...] = ()) -> Form:
    return Form(
        id="f",
        version=1,
        language="da",
        title="T",
        options=tuple(Option(id=f"o{n}", label=f"O{n}", weight=weight) for n, weight in enumerate(weights)),
        sections=(Section(title="A", items=("x", "y")), Section(title="B", items=("z",))),
        bands=bands,
    )


def band(low: int, high: int) -> Band:
    return Band(low=low, high=high, label=f"{low}-{high}", source="eget eksempel")


def test_items_are_numbered_as_they_are_printed() -> None:
    assert [(item.id, item.section, item.text) for item in form().items] == [
        ("1.1", 1, "x"),
        ("1.2", 1, "y"),
        ("2.1", 2, "z"),
    ]


@given(st.lists(st.integers(-999, 999), min_size=2, max_size=10).filter(lambda weights: max(weights) > 0))
def test_the_most_points_are_the_highest_weight_times_the_items(weights: list[int]) -> None:
    assert form(tuple(weights)).max_points == 3 * max(weights)


def test_a_form_nobody_can_get_points_in_is_refused() -> None:
    with pytest.raises(ValidationError, match="no weight is above 0"):
        form((0, -1))


def test_two_options_with_one_id_are_refused() -> None:
    twice = (Option(id="a", label="A", weight=1), Option(id="a", label="B", weight=2))

    with pytest.raises(ValidationError, match="the id a stands twice"):
        Form.model_validate(dict(form()) | {"options": twice})


def test_bands_may_touch_and_come_in_any_order() -> None:
    assert form(bands=(band(4, 6), band(0, 3))).bands[0].low == 4


@given(st.integers(0, 20), st.integers(0, 20), st.integers(0, 20), st.integers(0, 20))
def test_bands_that_share_a_total_are_refused_and_no_others(a: int, b: int, c: int, d: int) -> None:
    first, second = band(min(a, b), max(a, b)), band(min(c, d), max(c, d))
    shared = set(range(first.low, first.high + 1)) & set(range(second.low, second.high + 1))
    refused = False
    try:
        form(bands=(first, second))
    except ValidationError:
        refused = True

    assert refused == bool(shared)


def test_a_band_has_its_ends_in_order() -> None:
    assert band(3, 3).high == 3
    with pytest.raises(ValidationError, match=r"low \(4\) is above high \(3\); swap them"):
        band(4, 3)


def test_a_form_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        form().title = "U"


def test_text_is_one_line_with_its_letters_composed() -> None:
    assert plain("  A\u030arhus \n\t og  omegn ") == "Århus og omegn"


@given(st.text())
def test_text_made_plain_stays_as_it_is(text: str) -> None:
    said = ""
    try:
        text = plain(text)
    except ValueError as error:
        said = str(error)

    assert said.startswith("holds the control character") or plain(text) == text
