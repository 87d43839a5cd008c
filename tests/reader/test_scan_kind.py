import io
import zipfile
from pathlib import Path

import pytest

from kryds.model.errors import KrydsExit, ScanFileError
from kryds.reader.scan_kind import ScanKind, count_pages, scan_kind
from tests.reader.scanned import FILES


@pytest.mark.parametrize("kind", FILES)
def test_what_a_file_is_its_bytes_say_and_not_its_name(kind: ScanKind, tmp_path: Path) -> None:
    path = tmp_path / "scan.txt"
    path.write_bytes(FILES[kind])

    assert scan_kind(path) is kind
    assert count_pages(path) == 1


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


def test_a_folder_without_scans_is_named(tmp_path: Path) -> None:
    with pytest.raises(ScanFileError, match="holds no scans"):
        count_pages(tmp_path)


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)

    with pytest.raises(ScanFileError, match=r"cannot be opened \(Permission denied\); check that you may read it"):
        count_pages(tmp_path / "scan.pdf")
