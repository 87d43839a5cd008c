import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from kryds.desk import review as review_module
from kryds.desk import workflow
from kryds.desk.archive import Archive
from kryds.desk.decisions import Decision, question_of
from kryds.desk.printing import UNNUMBERED, Copies, FormChoice, print_sheets
from kryds.desk.result import load_result
from kryds.desk.review import Sitting
from kryds.desk.review_queue import open_items
from kryds.desk.store import Store
from kryds.desk.voice import Voice
from kryds.desk.workflow import (
    Manner,
    Outcome,
    Pile,
    Place,
    make_folder,
    open_store,
    page_counts,
    read_scans,
    review,
    sheet_counts,
    write_reports,
)
from kryds.model.errors import ArgumentError
from kryds.model.reading import AnswerState
from kryds.samples.paper.files import as_jpeg, as_pdf, as_tiff
from tests.desk.piles import empty, foreign, placed, scanned

VOICE = Voice.in_language("en")
TABLES = Manner(pdfs=False)


@pytest.fixture
def folder(tmp_path: Path, home: Path) -> Path:
    """A folder of mixed scans: three kinds of file, one of them broken, a foreign page, a page scanned twice."""
    Archive(home).keep(placed().edition, UNNUMBERED)
    scans = tmp_path / "scans"
    scans.mkdir()
    (scans / "a.pdf").write_bytes(as_pdf([scanned(1), empty(), foreign(), scanned(2)]))
    (scans / "b.tif").write_bytes(as_tiff([scanned(3), scanned(1)]))
    (scans / "c.jpg").write_bytes(as_jpeg(scanned(4)))
    (scans / "d.pdf").write_bytes(b"%PDF-1.7 broken")
    return scans


def table(outcome: Outcome, name: str) -> list[dict[str, str]]:
    with (outcome.place.folder / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def read(folder: Path, out: Path, jobs: int = 1) -> Outcome:
    return read_scans(Pile([folder], jobs=jobs), Place(out), TABLES, VOICE)


def test_every_page_of_a_mixed_folder_ends_somewhere(folder: Path, tmp_path: Path) -> None:
    outcome = read(folder, tmp_path / "out")

    assert [(row["source"], row["page"], row["state"]) for row in table(outcome, "pages.csv")] == [
        ("a.pdf", "1", "read"),
        ("a.pdf", "2", "blank"),
        ("a.pdf", "3", "foreign"),
        ("a.pdf", "4", "read"),
        ("b.tif", "1", "read"),
        ("b.tif", "2", "duplicate"),
        ("c.jpg", "1", "read"),
        ("d.pdf", "1", "unreadable"),
    ]
    assert page_counts(outcome.result) == {"read": 4, "blank": 1, "foreign": 1, "duplicate": 1, "unreadable": 1}
    assert sheet_counts(outcome.result) == {"scored": 2, "needs_review": 1, "incomplete": 1}
    assert [file.source for file in outcome.wanting] == ["d.pdf"]


def test_the_same_bytes_whether_read_at_once_again_or_by_many(folder: Path, tmp_path: Path) -> None:
    (folder / "e.pdf").write_bytes(as_pdf([scanned(2), scanned(4)]))
    written = []
    for out, jobs in (("one", 1), ("one", 1), ("two", 2)):
        read(folder, tmp_path / out, jobs)
        written.append({path.name: path.read_bytes() for path in (tmp_path / out).glob("*.csv")})

    assert written[0] == written[1] == written[2]
    assert {path.name for path in (tmp_path / "two").iterdir()} == {*written[0], "kryds.db"}


def test_the_same_pdfs_whether_written_one_after_the_other_or_beside_each_other(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workflow, "PAGES_WORTH_A_PROCESS", 1)
    written = []
    for jobs in (1, 2):
        read_scans(Pile([folder], jobs=jobs), Place(tmp_path / str(jobs)), Manner(), VOICE)
        written.append([(tmp_path / str(jobs) / name).read_bytes() for name in ("summary.pdf", "annotated.pdf")])

    assert written[0] == written[1]


def test_a_pile_read_later_is_added(folder: Path, tmp_path: Path) -> None:
    read_scans(Pile([folder / "c.jpg"]), Place(tmp_path / "out"), TABLES, VOICE)
    outcome = read_scans(Pile([folder / "a.pdf"]), Place(tmp_path / "out"), TABLES, VOICE)

    assert [row["source"] for row in table(outcome, "answers.csv")] == ["c.jpg", "a.pdf", "a.pdf"]


def test_names_come_from_the_roster_that_was_printed(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("name\nÅse Ærø\nBo\n", encoding="utf-8")
    print_sheets(FormChoice("ja-nej"), Copies(roster=tmp_path / "people.csv"), tmp_path / "s.pdf", VOICE)
    outcome = read_scans(Pile([tmp_path / "s.pdf"]), Place(tmp_path / "out"), TABLES, VOICE)

    assert [row["respondent"] for row in table(outcome, "sheets.csv")] == ["Åse Ærø", "Bo"]


def test_another_store_may_be_named(folder: Path, tmp_path: Path) -> None:
    place = Place(tmp_path / "out", f"sqlite:///{tmp_path / 'elsewhere.db'}")
    read_scans(Pile([folder / "c.jpg"]), place, TABLES, VOICE)

    assert (tmp_path / "elsewhere.db").is_file()
    assert not (tmp_path / "out" / "kryds.db").exists()
    assert len(write_reports(place, TABLES, VOICE).result.sheets) == 1


def test_a_store_that_knows_nothing_of_the_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match="nothing was read into it with that store"):
        open_store(Place(tmp_path / "out", f"sqlite:///{tmp_path / 'elsewhere.db'}"))


def test_reasons_are_in_the_forms_language_unless_told(folder: Path, tmp_path: Path) -> None:
    assert table(read(folder, tmp_path / "out"), "pages.csv")[2]["reason"].startswith("Siden er ikke")
    told = write_reports(Place(tmp_path / "out"), Manner("en", pdfs=False), VOICE)
    assert table(told, "pages.csv")[2]["reason"].startswith("The page is not")


def test_without_a_sheet_reasons_are_in_the_users_language(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(as_pdf([foreign()]))
    outcome = read_scans(Pile([tmp_path / "a.pdf"]), Place(tmp_path / "out"), Manner(), VOICE)

    assert table(outcome, "pages.csv")[0]["reason"].startswith("The page is not")
    assert outcome.summary is None


def test_a_person_settles_what_awaits_one(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def settles(store: Store, finish: Callable[[], object], *_: object) -> None:
        result = load_result(store)
        [item] = open_items((sheet.reading for sheet in result.sheets), result.editions)
        place = (item.edition.digest, item.sheet.sheet, item.page.source, item.page.index, item.answer.item_id)
        store.decide(Decision(*place, AnswerState.ANSWERED, 2, "Åse", "2026-01-02T03:04:05Z", question_of(item.answer)))
        finish()

    read(folder, tmp_path / "out")
    monkeypatch.setattr(review_module, "serve_review", settles)
    outcome = review(Place(tmp_path / "out"), Sitting("Åse"), TABLES, VOICE)
    settled = next(row for row in table(outcome, "answers.csv") if row["sheet"] == "3")

    assert outcome.result.open_items == 0
    assert [settled[key] for key in ("choice", "category", "state", "confidence", "decided_by")] == [
        *("2", "nej", "answered", "1", "Åse")
    ]
    assert read(folder, tmp_path / "out").result.open_items == 0


def test_a_folder_nothing_was_read_into_is_told(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match=r"kryds read SCAN -o"):
        open_store(Place(tmp_path))


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ArgumentError, match="no folder can be made there"):
        make_folder(tmp_path / "file" / "out")
