import io
from typing import Any

import openpyxl
from openpyxl import Workbook

from tests.desk.exports.groups import COMPLETE, GROUP, group, other_form, written


def book(data: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def table(data: bytes, name: str) -> list[dict[str, Any]]:
    headings, *rows = book(data)[name].iter_rows(values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def test_the_sheets_stand_wide_with_what_lacks_in_words() -> None:
    first, second = table(written("xlsx", GROUP), "frokost")

    assert (first["Ark"], first["Navn"], first["Status"], first["Point"]) == ("7", "Åse Sørensen", "Færdig", 14)
    assert (first["Altid"], first["Del 1"], first["1.1"]) == (2, 7, 5)
    assert (second["Point"], second["Del 1"], second["1.1"]) == (None, None, "Ubesvaret")
    assert [second[item] for item in ("1.2", "2.1", "2.3")] == ["Venter på en person", "Flere kryds", "Siden mangler"]


def test_the_answers_stand_long() -> None:
    rows = table(written("xlsx", GROUP), "Svar")

    assert len(rows) == 10
    assert (rows[0]["Nr."], rows[0]["Kategori"], rows[0]["Point"], rows[0]["Fil"], rows[0]["Side"]) == (
        "1.1", "Altid", 5, "bunke.pdf", 4,
    )  # fmt: skip
    assert [row["Afgjort af"] for row in rows[5:]] == ["Aflæsningen", "Aflæsningen", "Bo", "Aflæsningen", None]


def test_the_codebook_tells_every_statement_and_category() -> None:
    rows = {row["Kolonne"]: row for row in table(written("xlsx", GROUP), "Kodebog")}

    assert rows["2.3"]["Betydning"] == "Der er lys"
    assert rows["2.3"]["Værdier"] == "1 = Aldrig, 2 = Sjældent, 5 = Altid"
    assert rows["Del 2"]["Værdier"] == "3 til 15 point"


def test_a_name_that_looks_like_a_formula_is_text() -> None:
    sheet = book(written("xlsx", GROUP))["frokost"]

    assert (sheet["B3"].value, sheet["B3"].data_type) == ("=1+1", "s")


def test_the_headings_and_the_person_stay_when_the_rest_is_scrolled() -> None:
    sheet = book(written("xlsx", GROUP))["frokost"]

    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("C2", "A1:S3")
    assert 10 < sheet.column_dimensions["B"].width < 20


def test_each_form_has_a_worksheet_and_no_name_is_too_long() -> None:
    editions = [other_form(id="a" * 24), other_form(id="a" * 24, version=2)]
    names = book(written("xlsx", *(group(COMPLETE, edition=edition) for edition in editions))).sheetnames

    assert [name[-8:] for name in names[:2]] == [edition.digest for edition in editions]
    assert names[2:] == ["Svar", "Kodebog"]


def test_the_same_sheets_give_the_same_bytes() -> None:
    assert written("xlsx", GROUP) == written("xlsx", GROUP)


def test_a_form_named_as_another_worksheet_gets_a_name_of_its_own() -> None:
    assert book(written("xlsx", group(COMPLETE, edition=other_form(id="svar")))).sheetnames[0] == "svar-1"
