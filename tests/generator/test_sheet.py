import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pypdf
import pypdfium2 as pdfium
import pytest
import zxingcpp

from kryds.generator.placed import PlacedSheet
from kryds.model.edition import Edition
from kryds.model.page_code import decode, marker_id
from kryds.model.roster import Person, Roster
from tests.outside import needs


def rendered(data: bytes, page: int, dpi: int) -> np.ndarray:
    page_image = pdfium.PdfDocument(data)[page].render(scale=dpi / 72, grayscale=True)
    return np.asarray(page_image.to_numpy(), np.uint8).squeeze()


@pytest.fixture(scope="module")
def run(placed_mus: PlacedSheet, print_pdf: Callable[..., bytes]) -> bytes:
    people = [Person(number, f"Åse Ærø {number}") for number in range(1, 4)]
    return print_pdf(placed_mus, *people, run="K7Q2")


def test_all_six_fiducials_are_where_the_layout_says(placed_mus: PlacedSheet, run: bytes) -> None:
    detector = cv2.aruco.ArucoDetector(cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_APRILTAG_36h11))
    corners, ids, _ = detector.detectMarkers(rendered(run, 1, 150))
    found = dict(zip(np.asarray(ids).ravel().tolist(), (quad[0] * 25.4 / 150 for quad in corners), strict=True))
    for fiducial in placed_mus.edition.layout.pages[1].fiducials:
        quad = found.pop(marker_id(placed_mus.edition.digest, 2, fiducial.slot))
        assert np.abs(quad.mean(axis=0) - (fiducial.centre.x, fiducial.centre.y)).max() < 0.2
        assert np.abs(quad[0] - (fiducial.centre.x - 4, fiducial.centre.y - 4)).max() < 0.3
    assert not found


def test_every_page_bears_its_code_readable_at_100_dpi(placed_mus: PlacedSheet, run: bytes) -> None:
    codes = [decode(zxingcpp.read_barcodes(rendered(run, page, 100))[0].text) for page in range(6)]
    assert [(code.run, code.copy, code.page) for code in codes if code] == [
        ("K7Q2", copy, page) for copy in (1, 2, 3) for page in (1, 2)
    ]
    assert {code.digest for code in codes if code} == {placed_mus.edition.digest}


def test_serial_number_name_and_code_stand_in_words_on_every_page(run: bytes) -> None:
    for page in pypdf.PdfReader(io.BytesIO(run)).pages[2:4]:
        text = page.extract_text()
        assert "Ark K7Q2-2" in text
        assert "Navn: Åse Ærø 2" in text
        assert "/k7q2-2/" in text


def test_an_unnumbered_sheet_shows_no_serial_number(placed_mus: PlacedSheet, print_pdf: Callable[..., bytes]) -> None:
    data = print_pdf(placed_mus, Person(0, ""))
    assert "Ark" not in pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text()


def test_edition_and_roster_travel_inside(placed_mus: PlacedSheet, run: bytes) -> None:
    files = pypdf.PdfReader(io.BytesIO(run)).attachments
    assert Edition.from_json(files["edition.json"][0], "x") == placed_mus.edition
    assert [person.copy for person in Roster.from_json(files["roster.json"][0], "x").people] == [1, 2, 3]


def test_plain_copies_carry_no_roster(mus_pdf: pypdf.PdfReader) -> None:
    assert list(mus_pdf.attachments) == ["edition.json"]
    assert json.loads(mus_pdf.attachments["edition.json"][0])["form"]["id"] == "mus-leder"


def test_the_same_sheets_give_the_same_bytes(placed_mus: PlacedSheet, print_pdf: Callable[..., bytes]) -> None:
    people = [Person(1, "Åse"), Person(2, "Bo")]
    assert print_pdf(placed_mus, *people, run="K7Q2") == print_pdf(placed_mus, *people, run="K7Q2")


def test_a_sheet_of_a_run_looks_like_a_sheet_alone(
    placed_mus: PlacedSheet, run: bytes, print_pdf: Callable[..., bytes]
) -> None:
    alone = print_pdf(placed_mus, Person(1, "Åse Ærø 1"), run="K7Q2")
    assert (rendered(run, 0, 60) == rendered(alone, 0, 60)).all()


def test_a_further_page_costs_little(placed_mus: PlacedSheet, print_pdf: Callable[..., bytes]) -> None:
    few, many = (len(print_pdf(placed_mus, *(Person(n, "") for n in range(1, end)))) for end in (11, 31))
    assert (many - few) / 40 < 1024


@needs("qpdf", "qpdf")
def test_qpdf_finds_nothing_wrong(
    placed_mus: PlacedSheet, run: bytes, print_pdf: Callable[..., bytes], tmp_path: Path
) -> None:
    for number, data in enumerate((run, print_pdf(placed_mus, Person(1, ""), fillable=True))):
        file = tmp_path / f"{number}.pdf"
        file.write_bytes(data)
        assert subprocess.run(["qpdf", "--check", file], capture_output=True, check=False).returncode == 0


@needs("pdftoppm", "poppler-utils")
def test_poppler_shows_the_same_page_as_pdfium(run: bytes, tmp_path: Path) -> None:
    (tmp_path / "run.pdf").write_bytes(run)
    subprocess.run(["pdftoppm", "-r", "100", "-gray", "-l", "1", tmp_path / "run.pdf", tmp_path / "page"], check=True)
    theirs = np.asarray(cv2.imread(str(next(tmp_path.glob("page*.pgm"))), cv2.IMREAD_GRAYSCALE), np.uint8)
    ours = cv2.resize(rendered(run, 0, 100), theirs.shape[::-1])
    coarse = [cv2.resize(page, None, fx=0.1, fy=0.1, interpolation=cv2.INTER_AREA) for page in (theirs, ours)]
    assert np.abs(coarse[0].astype(int) - coarse[1]).max() < 40
