import csv
from collections import Counter
from importlib import resources
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from pypdf import PdfReader

from kryds.generator.place import place_sheet
from kryds.model.geometry import Paper
from kryds.model.load import form_file, load_form, load_phrases
from kryds.model.reading import PageState
from kryds.reader.read import PageRead, read_page
from kryds.reader.scan import ScanPage, load_pages
from kryds.samples.pile import BLANK_FILE, FORM, LANGUAGE, ORDER, PILE_FILE, SHEETS, TRUTH_FILE, make_pile

Row = tuple[str, str]
FILES = (BLANK_FILE, PILE_FILE, TRUTH_FILE)


@pytest.fixture(scope="module")
def pile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pile")
    make_pile(folder)
    return folder


@pytest.fixture(scope="module")
def readings(pile: Path) -> list[PageRead]:
    edition = place_sheet(load_form(form_file(FORM)), Paper.A4, load_phrases(LANGUAGE)).edition
    pages = load_pages(pile / PILE_FILE, PILE_FILE, range(len(ORDER)))
    return [read_page(page, {edition.digest: edition}) for page in pages if isinstance(page, ScanPage)]


def _truth(pile: Path) -> dict[Row, Row]:
    with (pile / TRUTH_FILE).open(encoding="utf-8", newline="") as file:
        return {(row["sheet"], row["item"]): (row["state"], row["choice"]) for row in csv.DictReader(file)}


def test_the_truth_has_one_corrected_one_doubtful_and_one_blank_item(pile: Path) -> None:
    states = Counter(state for state, _ in _truth(pile).values())
    assert states == {"answered": 20 * len(SHEETS) - 3, "corrected": 1, "doubtful": 1, "blank": 1}


def test_every_page_lies_in_the_pile_once_and_one_back_is_empty() -> None:
    places = [place for place in ORDER if place is not None]
    assert sorted(places) == [(sheet, page) for sheet in range(1, len(SHEETS) + 1) for page in (1, 2)]
    assert places != sorted(places)
    assert ORDER.count(None) == 1


def test_the_pile_is_small_enough_to_travel_with_the_code(pile: Path) -> None:
    assert sum((pile / name).stat().st_size for name in FILES) < 3_000_000


def test_the_pages_lie_in_the_order_told(readings: list[PageRead]) -> None:
    codes = [reading.reading.code for reading in readings]
    assert [code and (code.copy, code.page) for code in codes] == list(ORDER)
    assert [reading.reading.state for reading in readings].count(PageState.BLANK) == 1


def test_two_sheets_lie_upside_down(readings: list[PageRead]) -> None:
    turned = {code.copy for each in readings if (code := each.reading.code) and each.reading.rotation_deg == 180}
    assert turned == {number for number, sheet in enumerate(SHEETS, start=1) if sheet.upside_down}


def test_nothing_in_the_pile_is_read_silently_wrong(pile: Path, readings: list[PageRead]) -> None:
    truth = _truth(pile)
    for each in readings:
        for answer in each.reading.answers:
            assert each.reading.code is not None
            state, choice = truth[str(each.reading.code.copy), answer.item_id]
            if not answer.state.awaits_review:
                assert (answer.state, str(answer.choice or "")) == (state, choice)


def test_the_blank_sheet_is_the_unnumbered_one(pile: Path) -> None:
    with pdfium.PdfDocument(pile / BLANK_FILE) as document:
        assert len(document) == 2


def test_the_bundled_pile_is_of_the_sheet_as_it_is_printed_today(pile: Path) -> None:
    bundled = Path(str(resources.files("kryds.samples")))
    editions = {
        name: PdfReader(folder / BLANK_FILE).attachments["edition.json"]
        for name, folder in (("bundled", bundled), ("made", pile))
    }
    cure = "run python -m kryds.samples.pile samples/"
    assert editions["bundled"] == editions["made"], cure
    assert (bundled / TRUTH_FILE).read_text(encoding="utf-8") == (pile / TRUTH_FILE).read_text(encoding="utf-8"), cure


def test_the_pile_is_made_byte_for_byte_again(pile: Path, tmp_path: Path) -> None:
    make_pile(tmp_path)
    assert {name: (tmp_path / name).read_bytes() == (pile / name).read_bytes() for name in FILES} == dict.fromkeys(
        FILES, True
    )
