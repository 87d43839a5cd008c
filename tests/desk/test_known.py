from pathlib import Path

import pytest

from kryds.desk import known as module
from kryds.desk.archive import Archive
from kryds.desk.known import bundled_editions, known_of
from kryds.desk.printing import UNNUMBERED
from kryds.desk.store import Store
from kryds.model.geometry import Paper
from kryds.model.roster import Person, Roster
from tests.desk.piles import placed, printed


def test_the_store_the_archive_and_printed_pdfs_are_known(tmp_path: Path) -> None:
    roster = Roster("K7Q2", (Person(1, "Åse"),))
    others = [placed("ja-nej", "en").edition, placed("ja-nej", "en", Paper.LETTER).edition]
    archive = Archive(tmp_path / "archive")
    archive.keep(others[0], UNNUMBERED)
    (tmp_path / "s.pdf").write_bytes(printed(roster=roster))
    with Store.of_folder(tmp_path) as store:
        store.keep_editions({others[1].digest: others[1]})
        known = known_of(store, archive, [tmp_path / "s.pdf"])

    assert known.editions == {edition.digest: edition for edition in (placed().edition, *others)}
    assert known.rosters == {"K7Q2": roster}


def test_a_printed_pdf_without_a_roster_adds_none(tmp_path: Path) -> None:
    (tmp_path / "s.pdf").write_bytes(printed(1))
    with Store.of_folder(tmp_path) as store:
        assert known_of(store, Archive(tmp_path), [tmp_path / "s.pdf"]).rosters == {}


def test_a_bundled_form_is_known_in_each_language_on_each_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "bundled_forms", lambda: ("ja-nej",))

    assert bundled_editions().keys() == {
        placed("ja-nej", language, paper).edition.digest for language in ("da", "en") for paper in Paper
    }


def test_only_the_bundled_forms_wanted_are_placed() -> None:
    assert {edition.form.id for edition in bundled_editions({"ja-nej", "mine"}).values()} == {"ja-nej"}
