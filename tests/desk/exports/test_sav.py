import math
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyreadstat
import pytest

from kryds.desk.exports.sav import codes_of
from kryds.model.errors import ArgumentError
from kryds.model.form import Form
from kryds.model.scores import GroupSummary
from tests.desk.exports.groups import COMPLETE, FORM, GAPS, GROUP, group, other_form, written

#: The columns, and what is known about them.
Back = Callable[..., tuple[dict[str, list[Any]], Any]]


@pytest.fixture
def back(tmp_path: Path) -> Back:
    """Writes, and reads as SPSS shows it."""

    def read(*groups: GroupSummary) -> tuple[dict[str, list[Any]], Any]:
        path = tmp_path / "ark.sav"
        path.write_bytes(written("sav", *groups))
        columns, meta = pyreadstat.read_sav(path, user_missing=True, output_format="dict")
        return columns, meta

    return read


def test_an_item_is_its_weight_and_a_gap_is_told_by_its_code(back: Back) -> None:
    columns, _ = back(GROUP)

    assert [columns[f"q{item}"] for item in ("1_1", "1_2", "2_1", "2_2", "2_3")] == [
        [5, 99], [2, 98], [1, 98], [1, 98], [5, 97],
    ]  # fmt: skip
    assert columns["respondent"] == ["Åse Sørensen", "=1+1"]
    assert (columns["status"], columns["points"][0], columns["points_2"][0]) == ([1, 2], 14, 7)


def test_points_that_lack_items_are_missing(back: Back) -> None:
    columns, _ = back(GROUP)

    assert columns["points"][1] is None or math.isnan(columns["points"][1])


def test_a_variable_has_its_statement_its_categories_and_its_gaps(back: Back) -> None:
    _, meta = back(GROUP)

    assert meta.column_names_to_labels["q1_1"] == "1.1 Grøden er varm"
    assert meta.variable_value_labels["q1_1"] == {
        1: "Aldrig", 2: "Sjældent", 5: "Altid",
        97: "Siden mangler", 98: "Flere kryds, eller venter på en person", 99: "Ubesvaret",
    }  # fmt: skip
    assert meta.variable_measure["q1_1"] == "ordinal"
    assert [gap["lo"] for gap in meta.missing_ranges["q1_1"]] == [97, 98, 99]


def test_forms_stand_side_by_side_under_names_of_their_own(back: Back) -> None:
    columns, _ = back(group(COMPLETE), group(GAPS, edition=other_form(id="60-spor")))

    assert columns["frokost_q1_1"][0] == 5
    assert columns["f60_spor_q1_1"][1] == 99


def test_a_long_statement_is_cut_where_spss_would(back: Back) -> None:
    long = other_form(sections=({"title": "Å", "items": ("ø" * 300, "b")}, FORM.sections[1]))

    _, meta = back(group(COMPLETE, edition=long))

    label = meta.column_names_to_labels["q1_1"]
    assert label.startswith("1.1 øø")
    assert label.endswith("ø…")
    assert len(label.encode()) <= 255


@pytest.mark.parametrize(("weights", "codes"), [((0, 1), (0, 1)), ((1, 1), (1, 2)), ((1, 98), (1, 2))])
def test_categories_that_their_weights_do_not_tell_apart_are_numbered(
    weights: tuple[int, ...], codes: tuple[int, ...]
) -> None:
    options = [{"id": f"o{place}", "label": "x", "weight": weight} for place, weight in enumerate(weights)]

    assert codes_of(Form.model_validate({**FORM.model_dump(), "options": options})) == codes


@pytest.mark.parametrize("package", ["polars", "pyreadstat"])
def test_without_the_extra_the_command_that_installs_it_is_told(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, package, None)

    with pytest.raises(ArgumentError, match=r'pip install "kryds\[spss\]"'):
        written("sav", GROUP)
