import pytest

from kryds.desk.exports.table import harmless, rows_of, tables_of
from tests.desk.exports.groups import COMPLETE, GAPS, GROUP, group, other_form


def test_a_form_in_two_languages_is_one_table() -> None:
    (table,) = tables_of([GROUP, group(COMPLETE, edition=other_form(language="en", title="Lunch"))])

    assert (table.name, len(table.sheets)) == ("frokost", 3)


def test_two_versions_of_a_form_are_told_apart_by_their_digests() -> None:
    newer = other_form(version=2)

    first, second = tables_of([GROUP, group(COMPLETE, edition=newer)])

    assert (first.name, second.name) == (f"frokost-{GROUP.edition.digest}", f"frokost-{newer.digest}")


def test_a_row_knows_where_on_paper_an_item_stands_and_what_lacks() -> None:
    (row,) = rows_of(tables_of([group(GAPS)])[0])

    assert row.places == dict.fromkeys(("1.1", "1.2", "2.1", "2.2"), ("bunke.pdf", 4))
    assert (row.points, row.multiple, row.answers[4]) == (None, 1, None)


@pytest.mark.parametrize("text", ["=1", "+45 12", "-x", "@sum", "\tx"])
def test_a_text_that_a_spreadsheet_would_run_is_quoted(text: str) -> None:
    assert harmless(text) == f"'{text}"
