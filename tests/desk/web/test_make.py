import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from kryds.desk.archive import Archive
from kryds.desk.printed import open_printed
from kryds.desk.web.make import MAX_COPIES
from kryds.desk.web.visitor import Role
from tests.desk.web.desks import Browser, Heard, browser, new_desk
from tests.desk.web.visits import sent

ROSTER = "navn;afdeling\nÅse Sørensen;Salg\nBo;Lager\n"


@pytest.fixture
def visitor(tmp_path: Path) -> Browser:
    return browser(new_desk(tmp_path))


def printed(visitor: Browser, form: str = "ja-nej", **words: str) -> Heard:
    return sent(visitor, f"/make/print/{form}", do="print", **words)


def texts(answer: Heard) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(answer.body)).pages]


def test_every_form_can_be_chosen(visitor: Browser) -> None:
    page = visitor.get("/make").text

    assert all(f"/make/print/{form}" in page for form in ("ja-nej", "mus-leder", "team-pulse", "trivsel-60"))
    assert "20 udsagn, 5 svarmuligheder (da, en)" in page


def test_the_sheet_stands_beside_as_it_prints(visitor: Browser) -> None:
    page = visitor.get("/make/print/mus-leder").text

    assert page.count('<img class="sheet-page" src="data:image/png;base64,') == 2


def test_numbered_sheets_are_downloaded_and_can_be_read_back(visitor: Browser, tmp_path: Path) -> None:
    answer = printed(visitor, kind="copies", count="3", first="7")
    pdf = tmp_path / "ark.pdf"
    pdf.write_bytes(answer.body)

    assert answer.headers["content-disposition"] == 'attachment; filename="ja-nej.pdf"'
    assert [f"Ark {number}" in text for number, text in enumerate(texts(answer), start=7)] == [True] * 3
    assert open_printed(pdf).edition in list(Archive.of_user().editions())


def test_named_sheets_are_printed_from_a_list_and_the_list_is_kept(visitor: Browser) -> None:
    first, second = texts(printed(visitor, kind="roster", roster=ROSTER))
    (roster,) = Archive.of_user().rosters()

    assert "Åse Sørensen" in first
    assert "Bo" in second
    assert roster.people[0].fields == (("afdeling", "Salg"),)


def test_a_sheet_without_a_number_in_another_language_on_other_paper(visitor: Browser) -> None:
    answer = printed(visitor, kind="blank", language="en", paper="letter", fillable="on")
    reader = PdfReader(io.BytesIO(answer.body))

    assert (len(reader.pages), str(reader.root_object["/Lang"])) == (1, "en")
    assert round(float(reader.pages[0].mediabox.width)) == 612
    assert reader.get_fields()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"kind": "copies", "count": "0"}, "skriv et helt tal"),
        ({"kind": "copies", "count": "²"}, "skriv et helt tal"),
        ({"kind": "copies", "count": str(MAX_COPIES + 1)}, f"højst {MAX_COPIES}"),
        ({"kind": "copies", "count": "2", "first": "999999999"}, "højst"),
        ({"kind": "roster", "roster": "navn\n" + "Bo\n" * (MAX_COPIES + 1)}, "del listen"),
        ({"kind": "roster", "roster": "afdeling\nSalg\n"}, "ingen kolonne har overskriften"),
        ({"kind": "roster", "roster": "navn;afd\n;Salg\n"}, "linje 2: navnet er tomt"),
    ],
)
def test_what_cannot_be_printed_is_told(visitor: Browser, words: dict[str, str], said: str) -> None:
    answer = printed(visitor, **words)

    assert answer.status == 422
    assert said in answer.text
    assert "roster.csv" not in answer.text
    assert words.get("roster", "") in answer.text.replace("&#39;", "'")


def test_looking_at_another_language_prints_nothing(visitor: Browser) -> None:
    answer = sent(visitor, "/make/print/mus-leder", do="show", language="en", paper="letter", kind="roster")

    assert '<option value="en" selected>' in answer.text
    assert '<option value="letter" selected>' in answer.text
    assert list(Archive.of_user().editions()) == []


@pytest.mark.parametrize("address", ["/make/print/nothing", "/make/write/nothing", "/make/print/..%2f..%2fetc"])
def test_a_form_that_is_not_there_is_not_there(visitor: Browser, address: str) -> None:
    assert visitor.get(address).status == 404


@pytest.mark.parametrize("role", [Role.READER, Role.REVIEWER])
@pytest.mark.parametrize("address", ["/make", "/make/print/ja-nej", "/make/write", "/make/write/ja-nej"])
def test_only_who_brings_piles_makes_tests(tmp_path: Path, role: Role, address: str) -> None:
    assert browser(new_desk(tmp_path), role).get(address).status == 403
