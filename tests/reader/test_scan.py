import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from kryds.model.errors import KrydsExit, ScanFileError
from kryds.model.load import load_phrases
from kryds.model.reading import Reason
from kryds.reader import scan_page
from kryds.reader.scan import ScanFault, ScanKind, count_pages, load_pages, scan_kind
from tests.reader import scanned


def encoded(kind: str) -> bytes:
    file = io.BytesIO()
    Image.fromarray(scanned.sheet()).save(file, kind)
    return file.getvalue()


FILES = {
    ScanKind.PDF: scanned.page_pdf(b"0 0 m 9 9 l S", {}),
    ScanKind.TIFF: encoded("TIFF"),
    ScanKind.JPEG: scanned.jpeg(scanned.sheet()),
    ScanKind.PNG: encoded("PNG"),
}


@pytest.mark.parametrize("kind", FILES)
def test_what_a_file_is_its_bytes_say_and_not_its_name(kind: ScanKind, tmp_path: Path) -> None:
    path = tmp_path / "scan.txt"
    path.write_bytes(FILES[kind])

    assert scan_kind(path) is kind
    assert count_pages(path) == 1
    assert [page.source for page in load_pages(path, "scan.txt", [0])] == ["scan.txt"]


@pytest.mark.parametrize("kind", FILES)
def test_a_page_that_is_not_in_the_file_is_a_fault(kind: ScanKind, tmp_path: Path) -> None:
    assert scanned.loaded(tmp_path, FILES[kind], index=1) == ScanFault("scan", 1, Reason("page_damaged"))


def zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (bytes(4096), "is empty"),
        (b"GIF89a....", "is a GIF picture, not a scan; scan it to PDF"),
        (b"RIFF....WEBP", "is a WebP picture"),
        (zipped(), "an Office document"),
        (b"\0\0\0\x18ftypheic", r"phone's own format \(HEIC\); let the phone save it as JPEG"),
        (b"Dear all,", "is not a scan kryds knows; scan it to PDF, TIFF, JPEG or PNG"),
    ],
)
def test_a_file_that_is_no_scan_is_named_with_its_cure(data: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "fil.pdf"
    path.write_bytes(data)

    with pytest.raises(ScanFileError, match=rf"fil.pdf: .*{said}") as caught:
        count_pages(path)

    assert caught.value.exit_status is KrydsExit.INPUT_NOT_OPENED


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ScanFileError, match="there is no such file; check the name"):
        list(load_pages(tmp_path / "gone.pdf", "gone.pdf", [0]))


def test_a_folder_without_scans_is_named(tmp_path: Path) -> None:
    with pytest.raises(ScanFileError, match="holds no scans"):
        count_pages(tmp_path)


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)

    with pytest.raises(ScanFileError, match=r"cannot be opened \(Permission denied\); check that you may read it"):
        count_pages(tmp_path / "scan.pdf")


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_fault_of_a_page_has_words(language: str) -> None:
    phrases = load_phrases(language)
    faults = [scan_page.DAMAGED, scan_page.CUT_SHORT, scan_page.ENCODING_UNKNOWN, scan_page.too_large(10**6, 10**6)]

    said = [phrases.reason(fault) for fault in faults if fault]

    assert len(set(said)) == 4
