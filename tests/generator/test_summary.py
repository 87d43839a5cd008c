import io
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest

from kryds.generator.place import place_sheet
from kryds.model.edition import Edition
from kryds.model.form import Form
from kryds.model.geometry import Paper
from kryds.model.load import load_phrases
from tests.generator.answered import edition, group, pdf_of, plain_sheet, random_sheets
from tests.outside import needs


@pytest.fixture(scope="module")
def mus() -> Edition:
    return edition("mus-leder")


def texts(data: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(data)).pages]


def test_the_group_comes_first_then_every_sheet(mus: Edition) -> None:
    data = pdf_of([group(mus, plain_sheet(mus, 4, "1"), plain_sheet(mus, 5, "2", respondent="Åse Ærø"))])
    outline: list[Any] = pypdf.PdfReader(io.BytesIO(data)).outline
    titles = [entry.title if not isinstance(entry, list) else [one.title for one in entry] for entry in outline]
    assert titles == ["MUS-testen. Til dig der er leder", ["Ark 1", "Ark 2 – Åse Ærø"]]


def test_several_forms_have_each_their_own_part(mus: Edition) -> None:
    other = edition("ja-nej")
    pages = texts(pdf_of([group(mus, plain_sheet(mus, 4)), group(other, plain_sheet(other, 1))]))
    assert [page.split(" ", 2)[:2] for page in pages] == [["Samlet", "resultat"], ["Ark", "1"]] * 2


def test_without_a_sheet_the_summary_says_so() -> None:
    assert "Der er ikke læst nogen ark." in texts(pdf_of([]))[0]


def test_title_language_and_structure_are_told(mus: Edition) -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf_of([group(mus, plain_sheet(mus, 3))], "en")))
    root: Any = reader.trailer["/Root"]
    assert reader.metadata
    assert reader.metadata.title == "Result: MUS-testen. Til dig der er leder"
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    roles = {element["/S"] for element in _elements(root["/StructTreeRoot"]["/K"])}
    assert {"/Document", "/Sect", "/H1", "/H2", "/P", "/Table", "/TR", "/TH", "/TD", "/Figure"} <= roles


def _elements(kids: Any) -> list[Any]:  # noqa: ANN401 - a node of a PDF
    found: list[Any] = []
    for kid in kids if isinstance(kids, list) else [kids]:
        element = kid.get_object()
        if isinstance(element, dict):
            found += [element, *_elements(element.get("/K", []))]
    return found


def test_every_font_is_embedded(mus: Edition) -> None:
    pages: Any = pypdf.PdfReader(io.BytesIO(pdf_of([group(mus, plain_sheet(mus, 3))]))).pages
    fonts = [font.get_object() for page in pages for font in page["/Resources"]["/Font"].values()]
    assert fonts
    assert all("/FontFile2" in font["/FontDescriptor"] for font in fonts)


def test_the_same_sheets_give_the_same_bytes(mus: Edition) -> None:
    sheets = random_sheets(mus, 2, doubt=0.1)
    assert pdf_of([group(mus, *sheets)]) == pdf_of([group(mus, *sheets)])


OTHERS = pytest.mark.parametrize(
    ("name", "language", "paper"),
    [("ja-nej", "en", Paper.A4), ("trivsel-60", "da", Paper.A4), ("team-pulse", "da", Paper.LETTER)],
)


def _of_any_form(name: str, language: str, paper: Paper) -> bytes:
    placed = edition(name, language, paper)
    return pdf_of([group(placed, *random_sheets(placed, 2, doubt=0.05))], language)


@OTHERS
def test_any_form_gives_a_pdf_on_its_own_paper(name: str, language: str, paper: Paper) -> None:
    pages = pypdf.PdfReader(io.BytesIO(_of_any_form(name, language, paper))).pages
    sizes = {tuple(float(mm) for mm in page.mediabox[2:]) for page in pages}
    width, height = paper.size_mm
    assert len(sizes) == 1
    assert sizes.pop() == pytest.approx((width / 25.4 * 72, height / 25.4 * 72), abs=0.1)


@needs("qpdf", "qpdf")
@OTHERS
def test_qpdf_finds_nothing_wrong(name: str, language: str, paper: Paper, tmp_path: Path) -> None:
    file = tmp_path / "summary.pdf"
    file.write_bytes(_of_any_form(name, language, paper))
    assert subprocess.run(["qpdf", "--check", file], capture_output=True, check=False).returncode == 0


def test_a_form_with_many_sections_and_long_names_stays_on_the_page(make_form: Callable[..., Form]) -> None:
    form = make_form((1,) * 30, tuple(f"Kategori {at}" for at in range(6)), title="En lang titel " * 20)
    placed = place_sheet(form, Paper.A4, load_phrases("da")).edition
    data = pdf_of([group(placed, *random_sheets(placed, 2), plain_sheet(placed, 1, "K7Q2-3", respondent="Navn " * 25))])
    for page in pypdf.PdfReader(io.BytesIO(data)).pages:
        lowest: list[float] = []
        page.extract_text(visitor_text=lambda text, _, tm, *__: lowest.append(tm[5]) if text.strip() else None)  # noqa: B023
        assert min(lowest) > 20


def test_every_mark_on_a_page_belongs_to_an_element(mus: Edition) -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf_of([group(mus, *random_sheets(mus, 2, doubt=0.2))])))
    root: Any = reader.trailer["/Root"]
    numbers = root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    owners = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for page in reader.pages:
        content: Any = page.get_contents()
        of_page = owners[page["/StructParents"]].get_object()
        assert len(of_page) == content.get_data().count(b"/MCID")
        assert all(number in of_page[number].get_object()["/K"] for number in range(len(of_page)))
