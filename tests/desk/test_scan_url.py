from collections.abc import Iterator
from pathlib import Path

import pytest

from kryds.desk.intake import take_in
from kryds.desk.scan_url import ScanUrl, copy_to, is_there, location_of, on_disk, scans_at
from kryds.model.errors import ScanFileError
from kryds.samples.paper.files import as_jpeg, as_pdf
from tests.desk.conftest import Kryds
from tests.desk.piles import scanned

fsspec = pytest.importorskip("fsspec", reason="pip install 'kryds[s3]'")
MEMORY = "memory://pile"


@pytest.fixture
def pile() -> Iterator[ScanUrl]:
    """A PDF of two pages, a JPEG and something else in the memory of this process, as in a bucket."""
    system = fsspec.filesystem("memory")
    system.pipe(f"{MEMORY}/b/scan.jpg", as_jpeg(scanned(3)))
    system.pipe(f"{MEMORY}/a.pdf", as_pdf([scanned(1), scanned(2)]))
    system.pipe(f"{MEMORY}/notes.txt", b"no scan")
    yield ScanUrl(MEMORY)
    system.rm(MEMORY, recursive=True)


def test_what_has_no_protocol_is_a_path_and_so_is_a_file_url() -> None:
    assert location_of("pile/a.pdf") == Path("pile/a.pdf")
    assert location_of("file:///pile/side%201.pdf") == Path("/pile/side 1.pdf")
    assert location_of("s3://bucket/a.pdf") == ScanUrl("s3://bucket/a.pdf")


def test_a_url_has_a_name_and_parts_as_a_path_has() -> None:
    url = ScanUrl("s3://bucket/2026/a.pdf")

    assert (str(url), url.as_posix(), url.name) == (url.url, url.url, "a.pdf")
    assert url.parts == ("s3:", "bucket", "2026", "a.pdf")
    assert is_there(url)


def test_a_url_stands_for_the_scans_below_it(pile: ScanUrl) -> None:
    assert [scan.source for scan in scans_at(pile)] == ["a.pdf", "scan.jpg"]
    assert [scan.path.as_posix() for scan in scans_at(ScanUrl(f"{MEMORY}/a.pdf"))] == ["memory:///pile/a.pdf"]


def test_a_scan_is_fetched_once_and_again_when_it_has_changed(pile: ScanUrl) -> None:
    url = ScanUrl(f"{pile}/a.pdf")
    first = on_disk(url)
    assert on_disk(url) == first

    fsspec.filesystem("memory").pipe(url.url, b"another")
    assert on_disk(url).read_bytes() == b"another"


def test_what_is_fetched_for_a_while_bears_its_kind_in_its_name(pile: ScanUrl, tmp_path: Path) -> None:
    copy = copy_to(tmp_path, ScanUrl(f"{pile}/b/scan.jpg"), "7")

    assert (copy.name, copy.read_bytes()[:2]) == ("7.jpg", b"\xff\xd8")


@pytest.mark.parametrize("url", [f"{MEMORY}/gone.pdf", "nowhere://x/a.pdf"])
def test_what_cannot_be_fetched_is_told_with_its_url(url: str, tmp_path: Path) -> None:
    with pytest.raises(ScanFileError, match=url):
        on_disk(ScanUrl(url))
    with pytest.raises(ScanFileError, match=url):
        copy_to(tmp_path, ScanUrl(url), "1")


def test_scans_by_url_are_taken_in_among_the_others(pile: ScanUrl, tmp_path: Path) -> None:
    (tmp_path / "c.jpg").write_bytes(as_jpeg(scanned(4)))
    files = take_in([tmp_path / "c.jpg", pile, ScanUrl(f"{pile}/gone.pdf")], (), tmp_path / "out")

    assert [(file.source, file.pages) for file in files] == [
        ("c.jpg", 1),
        ("a.pdf", 2),
        ("scan.jpg", 1),
        ("gone.pdf", 0),
    ]


def test_a_pile_by_url_is_read_reported_and_read_no_second_time(kryds: Kryds, pile: ScanUrl, tmp_path: Path) -> None:
    told = kryds("read", pile.url, "-o", "out", "--jobs", "1")
    before = {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()}
    again = kryds("read", pile.url, "-o", "out", "--jobs", "1")

    assert (told.exit_code, again.exit_code) == (0, 0)
    assert "read: 3" in told.stdout
    assert before.keys() >= {"answers.csv", "summary.pdf", "annotated.pdf"}
    assert {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()} == before


def test_a_pile_in_a_bucket_is_read(kryds: Kryds, bucket: str) -> None:
    with fsspec.open(f"{bucket}/maj/scan.pdf", "wb") as file:
        file.write(as_pdf([scanned(1), scanned(2)]))
    told = kryds("read", f"{bucket}/maj/", "-o", "out", "--jobs", "1", "--no-pdf")
    missing = kryds("read", f"{bucket}/juni/scan.pdf", "-o", "out", "--jobs", "1", "--no-pdf")

    assert (told.exit_code, missing.exit_code) == (0, 3)
    assert "read: 2" in told.stdout
    assert f"{bucket}/juni/scan.pdf: cannot be fetched" in missing.stderr
