import pypdfium2 as pdfium
import pytest

from kryds.reader.pdf_salvage import salvaged

PAGE = b"%d 0 obj\n<< /Type /Page /MediaBox [0 0 %d 10] >>\nendobj\n"


def widths(data: bytes | None) -> list[float]:
    assert data is not None
    with pdfium.PdfDocument(data) as pdf:
        return [page.get_width() for page in pdf]


def test_the_pages_left_come_in_the_order_they_stand_in() -> None:
    data = b"%PDF-1.4\n" + b"".join(PAGE % (number, number * 100) for number in (3, 1, 2))

    assert widths(salvaged(data)) == [300, 100, 200]


def test_the_tree_of_pages_is_not_taken_for_a_page() -> None:
    data = b"%PDF-1.4\n1 0 obj\n<< /Type /Pages /Kids [2 0 R] /Count 1 >>\nendobj\n" + PAGE % (2, 200)

    assert widths(salvaged(data)) == [200]


def test_a_page_written_anew_counts_once() -> None:
    assert widths(salvaged(b"%PDF-1.4\n" + PAGE % (2, 100) + PAGE % (2, 100))) == [100]


def test_what_stands_in_a_stream_is_not_a_page() -> None:
    data = b"%PDF-1.4\n1 0 obj\n<< /Length 12 >>\nstream\n/Type /Page\nendstream\nendobj\n" + PAGE % (2, 200)

    assert widths(salvaged(data)) == [200]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4\n", b"%PDF-1.4\n1 0 obj\n<< /Type /Pa"])
def test_a_file_without_a_page_cannot_be_saved(data: bytes) -> None:
    assert salvaged(data) is None
