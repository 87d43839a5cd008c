import csv
import io

from tests.desk.exports.groups import COMPLETE, GAPS, GROUP, group, other_form, written


def rows(data: bytes, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def test_a_complete_sheet_has_its_points_by_sheet_category_section_and_item() -> None:
    assert rows(written("csv", GROUP))[0] == {
        "sheet": "7", "form": "frokost", "respondent": "Åse Sørensen", "status": "scored",
        "score": "14", "max_score": "25", "answered": "5", "blank": "0", "multiple": "0", "awaiting": "0",
        "n_aldrig": "2", "n_sjaeldent": "1", "n_altid": "2", "score_1": "7", "score_2": "7",
        "1.1": "5", "1.2": "2", "2.1": "1", "2.2": "1", "2.3": "5",
    }  # fmt: skip


def test_a_sheet_with_gaps_has_no_total_but_counts_what_lacks() -> None:
    row = rows(written("csv", GROUP))[1]

    assert (row["status"], row["score"], row["score_1"], row["answered"]) == ("needs_review", "", "", "0")
    assert (row["blank"], row["multiple"], row["awaiting"]) == ("1", "1", "2")
    assert {row[item] for item in ("1.1", "1.2", "2.1", "2.2", "2.3")} == {""}


def test_a_section_that_is_whole_has_its_points_on_a_sheet_that_is_not() -> None:
    row = rows(written("csv", group(type(COMPLETE)("1", COMPLETE.digest, "", (), COMPLETE.answers[:2], (2,)))))[0]

    assert (row["score"], row["score_1"], row["score_2"]) == ("", "7", "")


def test_a_name_is_never_a_formula() -> None:
    assert rows(written("csv", GROUP))[1]["respondent"] == "'=1+1"


def test_danish_excel_gets_semicolons_and_everyone_a_byte_order_mark() -> None:
    data = written("csv", GROUP, semicolon=True)

    assert data.startswith(b"\xef\xbb\xbfsheet;form;")
    assert rows(data, ";") == rows(written("csv", GROUP))


def test_sheets_of_several_forms_have_columns_of_their_own() -> None:
    other = group(COMPLETE, edition=other_form(id="middag"))

    first, second = rows(written("csv", group(GAPS), other))

    assert (first["frokost:n_altid"], first["middag:n_altid"]) == ("0", "")
    assert (second["middag:1.1"], second["frokost:1.1"]) == ("5", "")


def test_no_sheets_give_the_headings() -> None:
    assert written("csv").decode("utf-8-sig").strip().endswith("multiple,awaiting")
