import io

import pypdf
import pytest

from kryds.model.edition import Edition
from kryds.model.geometry import Paper
from kryds.model.reading import SheetReading
from tests.generator.answered import UNCLEAR, answer, edition, group, pdf_of, plain_sheet, random_sheets, sheet


@pytest.fixture(scope="module")
def mus() -> Edition:
    return edition("mus-leder")


def group_text(mus: Edition, *sheets: SheetReading, language: str = "da") -> str:
    """The pages of the group alone."""
    pages = pypdf.PdfReader(io.BytesIO(pdf_of([group(mus, *sheets)], language))).pages
    return " ".join(" ".join(page.extract_text() for page in pages[: len(pages) - len(sheets)]).split())


def lacking(mus: Edition, name: str, state: str) -> SheetReading:
    """All items answered with 3 but the first, which is in ``state``."""
    items = [item.id for item in mus.form.items]
    reasons = (UNCLEAR,) if state == "doubtful" else ()
    return sheet(mus, [answer(items[0], state, *reasons), *(answer(id_, 3) for id_ in items[1:])], name)


def test_sheets_of_each_kind_are_counted_and_named(mus: Edition) -> None:
    sheets = (plain_sheet(mus, 4, "1"), lacking(mus, "7", "doubtful"), lacking(mus, "9", "blank"))
    text = group_text(mus, *sheets)
    assert "3 ark i alt" in text
    assert "1 færdigt" in text
    assert "1 afventer gennemsyn" in text
    assert "1 ufuldstændigt" in text
    assert "Afventer gennemsyn: ark 7. 1 udsagn venter på, at en person ser på det." in text
    assert "Ufuldstændige: ark 9." in text
    assert "Gennemsnit af point er kun regnet på de færdige ark." in text


def test_the_mean_is_of_the_complete_sheets(mus: Edition) -> None:
    text = group_text(mus, plain_sheet(mus, 4, "1"), plain_sheet(mus, 3, "2"), lacking(mus, "3", "blank"))
    assert "70,0 af 100 point" in text
    assert "i gennemsnit på de 2 færdige ark" in text


def test_numbers_are_written_as_the_language_writes_them(mus: Edition) -> None:
    assert "70.0 of 100 points" in group_text(mus, plain_sheet(mus, 4), plain_sheet(mus, 3, "2"), language="en")


def test_when_no_sheet_is_complete_the_lack_of_a_mean_is_said(mus: Edition) -> None:
    text = group_text(mus, lacking(mus, "1", "blank"), lacking(mus, "2", "doubtful"))
    assert "Endnu intet gennemsnit" in text
    assert "Ingen ark er færdige" in text
    assert "Gennemsnit pr. afsnit" not in text
    assert "Svarene, udsagn for udsagn" in text


def test_one_sheet_shows_its_points_and_says_what_comes_with_more(mus: Edition) -> None:
    text = group_text(mus, plain_sheet(mus, 4))
    assert "80 af 100 point på det ene færdige ark" in text
    assert "Der er kun ét ark." in text
    assert "Svarene, udsagn for udsagn" not in text
    assert "Højest gennemsnit" not in text


def test_strongest_and_weakest_stand_with_their_means(mus: Edition) -> None:
    items = [item.id for item in mus.form.items]
    sheets = [sheet(mus, [answer(id_, {"1.2": 5, "3.4": 1}.get(id_, 3)) for id_ in items], name) for name in ("1", "2")]
    text = group_text(mus, *sheets)
    assert "Højest gennemsnit 5,0 1.2 Jeg er godt forberedt til MUS" in text
    assert "Lavest gennemsnit 1,0 3.4 Jeg skaber rum" in text


def test_a_form_with_few_statements_has_no_strongest() -> None:
    small = edition("ja-nej")
    text = group_text(small, plain_sheet(small, 1, "1"), plain_sheet(small, 2, "2"))
    assert "Højest gennemsnit" not in text
    assert "Skal vi holde en fælles temadag" in text


def test_a_statement_nobody_answered_has_a_dash_for_a_mean(mus: Edition) -> None:
    text = group_text(mus, lacking(mus, "1", "blank"), lacking(mus, "2", "blank"))
    assert "1.1 MUS gennemføres 2 –" in text
    assert "Intet svar, der tæller" in text


def test_a_long_list_of_sheets_is_cut_short_and_counted(mus: Edition) -> None:
    text = group_text(mus, *(lacking(mus, str(number), "blank") for number in range(1, 31)))
    assert "23, 24 og 6 til." in text


@pytest.mark.parametrize("paper", list(Paper))
def test_the_group_of_the_bundled_form_takes_two_pages_and_strands_no_row(paper: Paper) -> None:
    placed = edition("mus-leder", paper=paper)
    pages = pypdf.PdfReader(io.BytesIO(pdf_of([group(placed, *random_sheets(placed, 40, doubt=0.02))]))).pages
    first, second, third = (page.extract_text() for page in pages[:3])
    assert "Svarene, udsagn for udsagn" in first
    assert placed.form.items[-1].id in second
    assert "Ark 1" in third
