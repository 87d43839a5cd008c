from dataclasses import replace
from pathlib import Path, PosixPath

import pytest

from kryds.desk.intake import Intake, take_in
from kryds.desk.store import StoredFile
from kryds.samples.paper.files import as_jpeg, as_pdf
from tests.desk.piles import scanned


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    (tmp_path / "a.pdf").write_bytes(as_pdf([scanned(1), scanned(2)]))
    (tmp_path / "b.jpg").write_bytes(as_jpeg(scanned(3)))
    return tmp_path


def names(files: tuple[StoredFile, ...]) -> list[str]:
    return [file.source for file in files]


def test_files_are_hashed_and_their_pages_counted(scans: Path) -> None:
    one, two = take_in([scans], (), scans / "out")

    assert [(file.source, file.pages, file.reason) for file in (one, two)] == [("a.pdf", 2, None), ("b.jpg", 1, None)]
    assert len(one.sha256) == 64
    assert one.sha256 != two.sha256


def test_what_was_read_before_comes_first_and_stays(scans: Path) -> None:
    before = take_in([scans / "b.jpg"], (), scans / "out")

    assert names(take_in([scans / "a.pdf"], before, scans / "out")) == ["b.jpg", "a.pdf"]


def test_named_again_a_file_keeps_its_place_and_its_new_bytes_count(scans: Path) -> None:
    before = take_in([scans], (), scans / "out")
    (scans / "a.pdf").write_bytes(as_pdf([scanned(4)]))
    after = take_in([scans], before, scans / "out")

    assert names(after) == ["a.pdf", "b.jpg"]
    assert (after[0].pages, after[0].sha256 == before[0].sha256) == (1, False)


def test_a_file_that_was_moved_is_the_same_file(scans: Path) -> None:
    before = take_in([scans], (), scans / "out")
    (scans / "a.pdf").rename(scans / "moved.pdf")

    assert names(take_in([scans / "moved.pdf"], before, scans / "out")) == ["moved.pdf", "b.jpg"]


def test_the_same_bytes_in_another_file_are_another_file(scans: Path) -> None:
    (scans / "c.pdf").write_bytes((scans / "a.pdf").read_bytes())

    assert names(take_in([scans], (), scans / "out")) == ["a.pdf", "b.jpg", "c.pdf"]


def test_a_name_that_is_taken_is_made_longer(scans: Path) -> None:
    before = take_in([scans / "a.pdf"], (), scans / "out")
    (scans / "more").mkdir()
    (scans / "more" / "a.pdf").write_bytes(as_pdf([scanned(3)]))

    assert names(take_in([scans / "more"], before, scans / "out")) == ["a.pdf", "more/a.pdf"]


def test_what_cannot_be_opened_stays_as_long_as_it_is_named(scans: Path) -> None:
    (scans / "a.pdf").write_bytes(b"%PDF-1.7")
    before = take_in([scans], (), scans / "out")

    assert names(take_in([scans], before, scans / "out")) == ["a.pdf", "b.jpg"]
    assert names(take_in([scans / "b.jpg"], before, scans / "out")) == ["b.jpg"]
    assert before[0].reason
    assert "a.pdf" in dict(before[0].reason.values)["detail"]


def test_what_was_read_of_a_file_that_is_gone_still_counts(scans: Path) -> None:
    before = take_in([scans], (), scans / "out")
    (scans / "a.pdf").unlink()

    assert take_in([scans / "a.pdf"], before, scans / "out") == before


def test_of_equal_files_that_are_gone_the_first_is_found_again_first(scans: Path) -> None:
    (scans / "c.pdf").write_bytes((scans / "a.pdf").read_bytes())
    before = take_in([scans], (), scans / "out")
    for old, new in (("a.pdf", "x.pdf"), ("c.pdf", "y.pdf")):
        (scans / old).rename(scans / new)

    assert names(take_in([scans / "x.pdf", scans / "y.pdf"], before, scans / "out")) == ["x.pdf", "b.jpg", "y.pdf"]


def test_a_file_is_compared_with_few_others_however_many_there_are() -> None:
    looked_at = 0

    class Watched(PosixPath):
        def __eq__(self, other: object) -> bool:
            nonlocal looked_at
            looked_at += 1
            return super().__eq__(other)

        __hash__ = PosixPath.__hash__

    files = [StoredFile(f"{at}.jpg", Watched(f"/nowhere/{at}.jpg"), f"{at:064}", 1) for at in range(1000)]
    intake = Intake(files[:500])
    for file in files:
        intake.add(replace(file))

    assert intake.files == files
    assert looked_at < 10 * len(files)
