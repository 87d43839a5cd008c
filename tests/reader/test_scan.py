from pathlib import Path

import pytest

from kryds.model.errors import ScanFileError
from kryds.model.load import load_phrases
from kryds.model.reading import Reason
from kryds.reader import scan_page
from kryds.reader.scan import ScanFault, ScanKind, load_pages
from tests.reader import scanned
from tests.reader.scanned import FILES


@pytest.mark.parametrize("kind", FILES)
def test_a_file_is_read_for_what_its_bytes_are_whatever_its_name(kind: ScanKind, tmp_path: Path) -> None:
    path = tmp_path / "scan.txt"
    path.write_bytes(FILES[kind])

    assert [page.source for page in load_pages(path, "scan.txt", [0])] == ["scan.txt"]


@pytest.mark.parametrize("kind", FILES)
def test_a_page_that_is_not_in_the_file_is_a_fault(kind: ScanKind, tmp_path: Path) -> None:
    assert scanned.loaded(tmp_path, FILES[kind], index=1) == ScanFault("scan", 1, Reason("page_damaged"))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ScanFileError, match="there is no such file; check the name"):
        list(load_pages(tmp_path / "gone.pdf", "gone.pdf", [0]))


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_fault_of_a_page_has_words(language: str) -> None:
    phrases = load_phrases(language)
    faults = [scan_page.DAMAGED, scan_page.CUT_SHORT, scan_page.ENCODING_UNKNOWN, scan_page.too_large(10**6, 10**6)]

    said = [phrases.reason(fault) for fault in faults if fault]

    assert len(set(said)) == 4
