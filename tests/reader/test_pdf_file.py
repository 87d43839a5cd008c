import io
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Name

from kryds.model.errors import ScanFileError
from kryds.reader.pdf_file import count_pdf_pages, opened_pdf
from tests.reader import scanned


def test_a_file_that_is_whole_tells_its_pages(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(scanned.page_pdf(b"0 0 m 9 9 l S", {}))

    with opened_pdf(path) as opened:
        assert (len(opened.pdf), opened.is_cut) == (1, False)


def test_a_file_cut_short_counts_one_page_for_those_lost(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    picture = {"/Filter": Name.DCTDecode, **scanned.GREY_8}
    whole = scanned.image_pdf(picture, scanned.jpeg(scanned.sheet()))
    path.write_bytes(whole[: whole.rindex(b"/DCTDecode") + 1000])

    assert count_pdf_pages(path) == 2


def test_a_file_protected_with_a_password_is_named_with_its_cure(tmp_path: Path) -> None:
    file = pikepdf.open(io.BytesIO(scanned.page_pdf(b"", {})))
    path = tmp_path / "låst.pdf"
    path.write_bytes(scanned.saved(file, encryption=pikepdf.Encryption(owner="chef", user="hemmelig")))

    with pytest.raises(ScanFileError, match=r"låst.pdf: is protected with a password; save a copy without one"):
        count_pdf_pages(path)


def test_a_file_damaged_beyond_repair_is_named_with_its_cure(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(b"%PDF-1.7\n and then nothing of the kind")

    with pytest.raises(ScanFileError, match=r"scan.pdf: is damaged or empty, .* scan the sheets again"):
        count_pdf_pages(path)


def test_a_file_without_pages_is_named(tmp_path: Path) -> None:
    pikepdf.new().save(tmp_path / "scan.pdf")

    with pytest.raises(ScanFileError, match=r"scan.pdf: is damaged or empty"):
        count_pdf_pages(tmp_path / "scan.pdf")
