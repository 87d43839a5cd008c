import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kryds.desk.web import results_chart
from kryds.desk.web.results_chart import chart_of, place_on_scale
from kryds.generator.palette import contrast, luminance
from kryds.model.edition import Edition
from kryds.model.form import Form
from tests.scoring.sheets import EDITION, FORM

ROWS = st.lists(st.tuples(*[st.integers(0, 30)] * 5), min_size=1, max_size=8)


def with_options(*weights: int) -> Edition:
    options = [{"id": f"o{at}", "label": f"O{at}", "weight": weight} for at, weight in enumerate(weights)]
    return Edition(Form.model_validate({**FORM.model_dump(), "options": options, "bands": ()}), EDITION.layout)


def styles(*weights: int) -> list[str]:
    return [shade.style for shade in chart_of(with_options(*weights), [weights]).shades]


def test_a_bar_grows_from_the_middle_to_both_sides() -> None:
    chart = chart_of(EDITION, [(0, 5, 0, 5, 0)])
    low, high = chart.bar((0, 5, 0, 5, 0))

    assert (low.left, low.width, high.left, high.width, chart.middle) == (0, 50, 50, 50, 50)
    assert (low.shade.style, high.shade.style) == ("low-3", "high-3")


def test_the_middle_option_lies_on_both_sides_of_the_middle() -> None:
    chart = chart_of(EDITION, [(0, 0, 4, 0, 0), (4, 0, 0, 0, 0), (0, 0, 0, 0, 4)])
    (piece,) = chart.bar((0, 0, 4, 0, 0))

    assert (piece.left, piece.width, piece.middle) == (25, 50, chart.middle)


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ((1, 2), "low-4 high-4"),
        ((1, 2, 3), "low-4 mid high-4"),
        ((1, 2, 3, 4, 5), "low-5 low-3 mid high-3 high-5"),
        ((1, 2, 3, 4), "low-5 low-3 high-3 high-5"),
    ],
)
def test_the_ends_are_darkest(weights: tuple[int, ...], expected: str) -> None:
    assert styles(*weights) == expected.split()


@pytest.mark.parametrize("options", range(2, 11))
def test_every_option_has_a_shade_of_its_own(options: int) -> None:
    assert len(set(styles(*range(options)))) == options


def test_options_stand_in_the_order_of_their_points_however_they_are_printed() -> None:
    chart = chart_of(with_options(5, 1, 3), [(1, 1, 1)])

    assert [shade.option.weight for shade in chart.shades] == [1, 3, 5]
    assert [piece.count for piece in chart.bar((7, 2, 4))] == [2, 4, 7]


def test_nobody_s_answers_are_no_bar() -> None:
    chart = chart_of(EDITION, [])

    assert chart.bar((0,) * 5) == ()
    assert 0 < chart.middle < 100


def test_a_mean_has_its_place_between_the_lowest_and_the_highest_weight() -> None:
    assert [place_on_scale(EDITION, mean) for mean in (1, 3, 5)] == [0, 50, 100]
    assert place_on_scale(with_options(3, 3), 3) == 50


@given(ROWS)
def test_every_bar_of_a_page_fits_and_is_as_long_as_the_others(rows: list[tuple[int, ...]]) -> None:
    chart = chart_of(EDITION, rows)
    bars = [bar for row in rows if (bar := chart.bar(row))]
    widths = [sum(piece.width for piece in bar) for bar in bars]

    for bar in bars:
        assert bar[0].left >= -0.01
        assert bar[-1].left + bar[-1].width <= 100.01
        for one, after in pairwise(bar):
            assert after.left == pytest.approx(one.left + one.width, abs=0.01)
    assert not widths or max(widths) - min(widths) < 0.05


STYLE = (Path(results_chart.__file__).parent / "static" / "results.css").read_text(encoding="utf-8")
PAIR = r"light-dark\(#(\w+), #(\w+)\)"


def colours_of(name: str) -> tuple[str, str]:
    """A colour of the style sheet, in light and in dark."""
    found = re.search(rf"--{name}: {PAIR}", STYLE)
    assert found, name
    return six(found[1]), six(found[2])


def six(colour: str) -> str:
    return (colour if len(colour) == 6 else "".join(digit * 2 for digit in colour)).upper()


def counts_on(style: str) -> tuple[str, str]:
    """What colour a count has on a piece: the last rule that names it, else that of all."""
    rules = re.findall(r"([^{}]*)\{ fill: ([^;]*); \}", STYLE)
    fill = [value for selectors, value in rules if re.search(rf"text\.on-{style}\b", selectors)]
    if not fill:
        return colours_of("on-pale")
    if found := re.match(PAIR, fill[-1]):
        return six(found[1]), six(found[2])
    return colours_of(fill[-1].removeprefix("var(--").removesuffix(")"))


@pytest.mark.parametrize("style", [*(f"{side}-{step}" for side in ("low", "high") for step in range(1, 6)), "mid"])
def test_a_count_stands_out_from_its_piece_in_light_and_dark(style: str) -> None:
    for ink, ground in zip(counts_on(style), colours_of(style), strict=True):
        assert contrast(ink, ground) >= 4.5, (ink, ground)


@pytest.mark.parametrize("side", ["low", "high"])
@pytest.mark.parametrize("theme", [0, 1])
def test_shades_differ_in_grey_and_grow_away_from_the_ground(side: str, theme: int) -> None:
    steps = [luminance(colours_of(f"{side}-{step}")[theme]) for step in range(1, 6)]

    assert steps == sorted(steps, reverse=theme == 0)
