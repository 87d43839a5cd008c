from pathlib import Path

import pytest
from pypdf import PdfReader

from kryds.desk.archive import Archive
from kryds.desk.printing import UNNUMBERED
from kryds.desk.reports import ANNOTATED_FILE, SUMMARY_FILE, write_annotated_file, write_summary_file
from kryds.desk.result import Result, load_result
from kryds.desk.store import Store, StoredFile
from kryds.desk.voice import Voice
from kryds.desk.workflow import Manner, Pile, Place, read_scans
from kryds.model.load import load_phrases
from kryds.samples.paper.files import as_pdf
from tests.desk.piles import foreign, placed, scanned

ENGLISH = load_phrases("en")
EMPTY = Result((), (), {})


@pytest.fixture
def store(tmp_path: Path, home: Path) -> Store:
    Archive(home).keep(placed().edition, UNNUMBERED)
    (tmp_path / "a.pdf").write_bytes(as_pdf([scanned(1), foreign()]))
    (tmp_path / "b.pdf").write_bytes(as_pdf([scanned(3)]))
    scans = [tmp_path / "a.pdf", tmp_path / "b.pdf"]
    read_scans(Pile(scans), Place(tmp_path), Manner(pdfs=False), Voice.in_language("en"))
    return Store.of_folder(tmp_path)


def test_the_summary_has_the_group_and_every_sheet(store: Store, tmp_path: Path) -> None:
    path = write_summary_file(load_result(store), store, ENGLISH, tmp_path)
    text = "\n".join(page.extract_text() for page in PdfReader(tmp_path / SUMMARY_FILE).pages)

    assert path == tmp_path / SUMMARY_FILE
    assert "Sheet 1" in text
    assert "Sheet 3" in text


def test_every_page_of_the_input_is_drawn_on_in_its_order(store: Store, tmp_path: Path) -> None:
    write_annotated_file(load_result(store), store.files(), ENGLISH, tmp_path)
    texts = [page.extract_text() for page in PdfReader(tmp_path / ANNOTATED_FILE).pages]

    assert ["Read: sheet 1" in texts[0], "Not read" in texts[1], "Read: sheet 3" in texts[2]] == [True] * 3


def test_scans_that_are_not_at_hand_are_left_out(store: Store, tmp_path: Path) -> None:
    at_hand: list[StoredFile] = [file for file in store.files() if file.source == "b.pdf"]
    write_annotated_file(load_result(store), at_hand, ENGLISH, tmp_path)

    assert len(PdfReader(tmp_path / ANNOTATED_FILE).pages) == 1


def test_where_there_is_nothing_to_show_no_old_pdf_stays(store: Store, tmp_path: Path) -> None:
    for name in (SUMMARY_FILE, ANNOTATED_FILE):
        (tmp_path / name).write_bytes(b"of an earlier reading")
    write_annotated_file(EMPTY, (), ENGLISH, tmp_path)

    assert write_summary_file(EMPTY, store, ENGLISH, tmp_path) is None
    assert not (tmp_path / SUMMARY_FILE).exists()
    assert not (tmp_path / ANNOTATED_FILE).exists()
