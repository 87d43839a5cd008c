from pathlib import Path

import pytest

from kryds.desk.web.make_draft import draft_of
from kryds.desk.web.make_kept import Shelf
from kryds.model.errors import UserError
from kryds.model.form import Form
from kryds.model.geometry import Paper
from kryds.model.load import form_file

TEXT = form_file("ja-nej").read_text(encoding="utf-8").replace("id: ja-nej", "id: min-egen")


def form_of(text: str) -> Form:
    form = draft_of(text, Paper.A4).form
    assert form is not None
    return form


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "forms")


def test_a_kept_form_is_found_again_among_the_bundled(shelf: Shelf) -> None:
    shelf.keep(form_of(TEXT), TEXT, "")
    own, *bundled = shelf.forms("en")

    assert (own.form.id, own.own, own.languages, shelf.text("min-egen")) == ("min-egen", True, ("da",), TEXT)
    assert [known.form.id for known in bundled] == ["ja-nej", "mus-leder", "team-pulse", "trivsel-60"]
    assert bundled[0].form.language == "en"


def test_a_form_changes_its_id_with_its_file(shelf: Shelf) -> None:
    shelf.keep(form_of(TEXT), TEXT, "")
    other = TEXT.replace("id: min-egen", "id: ny")
    shelf.keep(form_of(other), other, "min-egen")

    assert shelf.find("min-egen") is None
    assert shelf.find("ny") is not None


@pytest.mark.parametrize("taken", ["mus-leder", "min-egen"])
def test_an_id_that_is_taken_is_refused(shelf: Shelf, taken: str) -> None:
    shelf.keep(form_of(TEXT), TEXT, "")
    text = TEXT.replace("id: min-egen", f"id: {taken}")

    with pytest.raises(UserError, match="another form"):
        shelf.keep(form_of(text), text, "")


def test_a_deleted_form_is_gone_and_a_bundled_one_cannot_be(shelf: Shelf) -> None:
    shelf.keep(form_of(TEXT), TEXT, "")
    shelf.drop("min-egen")
    shelf.drop("mus-leder")

    assert shelf.find("min-egen") is None
    assert shelf.find("mus-leder") is not None


@pytest.mark.parametrize("name", ["../forms/min-egen", "..", "", "/etc/passwd", "min-egen/../min-egen"])
def test_no_name_reaches_beyond_the_shelf(shelf: Shelf, name: str) -> None:
    shelf.keep(form_of(TEXT), TEXT, "")
    shelf.drop(name)

    assert shelf.find(name) is None
    assert shelf.find("min-egen") is not None


def test_a_file_spoiled_by_another_hand_is_passed_over(shelf: Shelf) -> None:
    shelf.keep(form_of(TEXT), TEXT, "")
    (shelf.folder / "min-egen" / "form.yaml").write_text("spoiled")

    assert shelf.find("min-egen") is None
    assert len(shelf.forms("da")) == 4
