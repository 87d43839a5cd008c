import csv
from dataclasses import dataclass
from pathlib import Path

import pytest

from kryds.desk.archive import Archive
from kryds.desk.pictures import keep_missing_pictures
from kryds.desk.printing import UNNUMBERED
from kryds.desk.result import load_result
from kryds.desk.review_queue import OpenItem, open_items
from kryds.desk.voice import Voice
from kryds.desk.workflow import Manner, Pile, Place, open_store, read_scans
from kryds.model.reading import Answer, PageReading, RowCrop
from kryds.samples.paper.files import as_jpeg
from tests.desk.piles import placed, scanned

VOICE = Voice.in_language("en")
TABLES = Manner(pdfs=False)


@pytest.fixture
def place(tmp_path: Path, home: Path) -> Place:
    """Where two scans of sheet 7 are read: one says yes, the other no."""
    Archive(home).keep(placed().edition, UNNUMBERED)
    for name, plan in (("a.jpg", 1), ("b.jpg", 2)):
        (tmp_path / name).write_bytes(as_jpeg(scanned(7, plan)))
    return Place(tmp_path / "out")


@dataclass(frozen=True)
class Waiting:
    item: OpenItem
    crop: RowCrop | None

    @property
    def page(self) -> PageReading:
        """Its page."""
        return self.item.page

    @property
    def answer(self) -> Answer:
        """What awaits a person."""
        return self.item.answer


def waiting(place: Place) -> tuple[Waiting, ...]:
    with open_store(place) as store:
        result = load_result(store)
        items = open_items((sheet.reading for sheet in result.sheets), result.editions)
        crops = store.crops()
        return tuple(
            Waiting(item, crops.get((item.page.source, item.page.index, item.answer.item_id))) for item in items
        )


def test_what_two_scans_disagree_about_is_put_to_a_person_with_its_picture(place: Place, tmp_path: Path) -> None:
    outcome = read_scans(Pile([tmp_path / "a.jpg", tmp_path / "b.jpg"]), place, TABLES, VOICE)
    (item,) = waiting(place)
    with (place.folder / "answers.csv").open(encoding="utf-8-sig", newline="") as file:
        states = {row["state"] for row in csv.DictReader(file) if row["source"] == "a.jpg"}

    assert (item.page.source, item.answer.reasons[0].kind) == ("a.jpg", "scans_disagree")
    assert item.crop
    assert item.crop.jpeg[:2] == b"\xff\xd8"
    assert len(item.crop.boxes) == 2
    assert (states, outcome.result.open_items) == ({"doubtful"}, 1)


def test_said_again_no_picture_is_made_twice(place: Place, tmp_path: Path) -> None:
    for _ in range(2):
        read_scans(Pile([tmp_path / "a.jpg", tmp_path / "b.jpg"]), place, TABLES, VOICE)
        before = (place.folder / "kryds.db").read_bytes()
    read_scans(Pile([tmp_path / "a.jpg"]), place, TABLES, VOICE)

    assert (place.folder / "kryds.db").read_bytes() == before


def test_a_scan_that_moved_away_leaves_the_item_without_a_picture(place: Place, tmp_path: Path) -> None:
    read_scans(Pile([tmp_path / "a.jpg"]), place, TABLES, VOICE)
    (tmp_path / "a.jpg").rename(tmp_path / "elsewhere")
    read_scans(Pile([tmp_path / "b.jpg"]), place, TABLES, VOICE)
    assert [item.crop for item in waiting(place)] == [None]

    (tmp_path / "elsewhere").rename(tmp_path / "a.jpg")
    read_scans(Pile([tmp_path / "a.jpg"]), place, TABLES, VOICE)
    assert all(item.crop for item in waiting(place))


def test_a_scan_lost_at_the_last_moment_is_no_bug(place: Place, tmp_path: Path) -> None:
    read_scans(Pile([tmp_path / "a.jpg"]), place, TABLES, VOICE)
    with open_store(place) as store:
        files = store.files()
    (tmp_path / "a.jpg").unlink()
    read_scans(Pile([tmp_path / "b.jpg"]), place, TABLES, VOICE)
    with open_store(place) as store:
        keep_missing_pictures(load_result(store), store, files)

    assert [item.crop for item in waiting(place)] == [None]


def test_a_page_that_cannot_be_shown_any_more_is_no_bug(place: Place, tmp_path: Path) -> None:
    read_scans(Pile([tmp_path / "a.jpg"]), place, TABLES, VOICE)
    with open_store(place) as store:
        files = store.files()
    (tmp_path / "a.jpg").write_bytes((tmp_path / "a.jpg").read_bytes()[:300])
    read_scans(Pile([tmp_path / "b.jpg"]), place, TABLES, VOICE)
    with open_store(place) as store:
        keep_missing_pictures(load_result(store), store, files)

    assert [item.crop for item in waiting(place)] == [None]
