import io
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kryds.generator.summary_lacking import _spelled
from kryds.model.edition import Edition
from kryds.model.layout import SheetLayout
from kryds.model.reading import Answer, PageReading, PageState, Reason, SheetReading
from tests.generator.answered import (
    SEVERAL,
    UNCLEAR,
    Crops,
    answer,
    edition,
    group,
    pdf_of,
    plain_sheet,
    row_crop,
    sheet,
)
from tests.scoring.sheets import EDITION, FORM


@pytest.fixture(scope="module")
def mus() -> Edition:
    return edition("mus-leder")


def sheet_pages(mus: Edition, reading: SheetReading, crops: Crops | None = None) -> Sequence[Any]:
    """The pages of the sheet alone."""
    return pypdf.PdfReader(io.BytesIO(pdf_of([group(mus, reading)], crops=crops or {}))).pages[1:]


def said(mus: Edition, reading: SheetReading) -> str:
    return " ".join(" ".join(page.extract_text() for page in sheet_pages(mus, reading)).split())


def with_first(mus: Edition, *first: Answer, **changes: object) -> SheetReading:
    """The first items answer so, the others with 4."""
    others = [answer(item.id, 4) for item in mus.form.items[len(first) :]]
    return sheet(mus, [*first, *others], "12", **changes)


def test_a_complete_sheet_is_called_so_and_fits_one_page(mus: Edition) -> None:
    (page,) = sheet_pages(mus, plain_sheet(mus, 4, "12", respondent="Åse Ærø"))
    text = " ".join(page.extract_text().split())
    assert "Ark 12 Færdig Åse Ærø Alle 20 udsagn er besvaret." in text
    assert "Oftest 20 × 4 = 80" in text
    assert "I alt 80 af 100 point" in text or "I alt af 100 point 80" in text
    assert "SAMTALEN 28 af 35" in text
    assert "Det mangler" not in text


def test_a_total_that_lacks_items_is_never_shown_as_if_complete(mus: Edition) -> None:
    text = said(mus, with_first(mus, answer("1.1", "blank"), answer("1.2", "doubtful", UNCLEAR)))
    assert "72 point fra 18 af 20 udsagn" in text
    assert "af 100" not in text
    assert "12 point fra 3 af 5" in text
    assert "Afventer gennemsyn" in text


def test_an_incomplete_sheet_names_the_statements_without_an_answer(mus: Edition) -> None:
    text = said(mus, with_first(mus, *(answer(f"1.{number}", "blank") for number in (1, 2, 3, 4))))
    assert "Ufuldstændig" in text
    assert "Ikke besvaret: 1.1–1.4" in text
    assert "4 udsagn har intet svar, der tæller." in text


def test_why_a_statement_is_blank_is_said_if_known(mus: Edition) -> None:
    filled = Reason("only_cancelled", (("choices", "3"),))
    assert "1.1: Felt 3 er fyldt ud, men intet andet felt er sat kryds i" in said(
        mus, with_first(mus, answer("1.1", "blank", filled))
    )


def test_a_missing_page_is_said_in_words_and_at_its_statements(mus: Edition) -> None:
    there = mus.items_of_page(1)
    text = said(mus, sheet(mus, [answer(id_, 4) for id_ in there], "3", missing_pages=(2,)))
    gone = mus.items_of_page(2)
    assert f"Side 2 mangler. På den står udsagn {gone[0]}–{gone[-1]}." in text
    assert text.count("Side 2 mangler") == len(gone) + 1


def test_what_is_wrong_with_the_sheet_is_said(mus: Edition) -> None:
    text = said(mus, plain_sheet(mus, 4, problems=(Reason("pages_paired_by_guess"),)))
    assert "siderne hører måske ikke sammen" in text
    assert "En person skal se på arket, før resultatet kan bruges." in text


def test_an_answer_without_paper_is_called_blank() -> None:
    bare = edition("ja-nej")
    nowhere = Edition(bare.form, SheetLayout(210, 297, 0.3, ()))
    assert "Ikke besvaret: 1.1" in said(nowhere, SheetReading("u1", "", "", (), ()))


def test_a_sheet_without_a_number_is_said_to_have_none(mus: Edition) -> None:
    assert "Ark uden nummer (u3)" in said(mus, plain_sheet(mus, 4, "u3"))


def test_a_corrected_answer_is_noted(mus: Edition) -> None:
    assert "Sjældent Rettet på arket" in said(mus, with_first(mus, answer("1.1", "+2")))


def test_a_settled_answer_tells_who_decided(mus: Edition) -> None:
    text = said(mus, with_first(mus, answer("1.1", 2, by="Bo Å"), answer("1.2", "multiple", SEVERAL, by="Bo Å")))
    assert "Sjældent Afgjort af Bo Å" in text
    assert "1.2: Flere krydser – afgjort af Bo Å" in text
    assert "Afventer" not in text


def test_what_awaits_a_person_is_shown_as_scanned_with_the_reason(mus: Edition) -> None:
    crops = {("pile.pdf", 0, "1.1"): row_crop("1.1"), ("pile.pdf", 1, "1.1"): row_crop("x")}
    reading = with_first(mus, answer("1.1", "multiple", SEVERAL))
    page = sheet_pages(mus, reading, crops)[0]
    assert crops["pile.pdf", 0, "1.1"].jpeg in pdf_of([group(mus, reading)], crops=crops)
    assert len(page["/Resources"]["/XObject"]) == 1
    assert "1.1 Der er sat kryds i flere felter (2, 4)" in " ".join(page.extract_text().split())


def test_where_there_is_no_picture_it_is_told_where_the_row_is(mus: Edition) -> None:
    text = said(mus, with_first(mus, answer("1.1", "multiple", SEVERAL)))
    assert "(2, 4). Der er intet billede af rækken – se den i pile.pdf, side 1." in text


def test_a_question_without_picture_or_reason_still_stands(mus: Edition) -> None:
    pages = (PageReading("pile.pdf", 0, PageState.READ, number=1),)
    assert "1.1 Kan ikke afgøres" in said(mus, with_first(mus, answer("1.1", "doubtful"), pages=pages))


def test_a_tall_picture_is_shown_no_taller_than_needed(mus: Edition) -> None:
    crops = {("pile.pdf", 0, "1.1"): row_crop("1.1", (800, 800))}
    page = sheet_pages(mus, with_first(mus, answer("1.1", "doubtful", UNCLEAR)), crops)[0]
    placed = [line.split() for line in page.get_contents().get_data().splitlines() if line.endswith(b" cm")]
    assert max(float(cells[3]) for cells in placed if float(cells[3]) > 1) == pytest.approx(34 / 25.4 * 72, abs=0.1)


def test_a_sheet_that_needs_more_pages_repeats_its_heading(mus: Edition) -> None:
    crops = {("pile.pdf", at, item.id): row_crop(item.id) for at in (0, 1) for item in mus.form.items}
    reading = sheet(mus, [answer(item.id, "doubtful", UNCLEAR) for item in mus.form.items], "12", respondent="Bo Å")
    pages = sheet_pages(mus, reading, crops)
    assert len(pages) > 2
    for page in pages[1:]:
        assert page.extract_text().startswith("Ark 12 – Bo Å (fortsat)")


@pytest.mark.parametrize(("choice", "label"), [(1, "A weak pulse (0–36)"), (7, "A strong pulse (73–108)")])
def test_the_band_stands_with_its_source(choice: int, label: str) -> None:
    pulse = edition("team-pulse")
    text = said(pulse, plain_sheet(pulse, choice))
    assert label in text
    assert "Kilde: Kryds sample form, for illustration" in text


def test_an_incomplete_sheet_has_no_band() -> None:
    pulse = edition("team-pulse")
    assert "pulse (" not in said(pulse, with_first(pulse, answer("1.1", "blank")))


@given(st.sets(st.integers(0, 5), min_size=1))
def test_runs_of_statements_are_spelled_from_first_to_last(places: set[int]) -> None:
    order = [item.id for item in FORM.items]
    parts = _spelled(EDITION, [order[at] for at in places]).split(", ")
    told: set[int] = set()
    for part in parts:
        first, _, last = part.partition("–")
        told |= set(range(order.index(first), order.index(last or first) + 1))
    assert told == places
    assert all(order.index(a.split("–")[-1]) < order.index(b.split("–")[0]) for a, b in pairwise(parts))


def test_rows_close_up_where_that_keeps_a_sheet_that_awaits_a_person_on_one_page(mus: Edition) -> None:
    crops = {("pile.pdf", 0, "1.1"): row_crop("1.1", (990, 110))}
    pages = (PageReading("pile.pdf", 0, PageState.READ, number=1),)
    reading = with_first(mus, answer("1.1", "doubtful", UNCLEAR), pages=pages, respondent="Åse Ærø")
    assert len(sheet_pages(mus, reading, crops)) == 1
