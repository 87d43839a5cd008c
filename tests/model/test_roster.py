from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kryds.model.errors import FormError
from kryds.model.roster import MAX_NAME, Person, Roster, load_roster


def roster(folder: Path, data: bytes | str, first: int = 1) -> Roster:
    path = folder / "people.csv"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return load_roster(path, first)


def complaint(folder: Path, data: bytes | str) -> str:
    with pytest.raises(FormError) as caught:
        roster(folder, data)
    said = str(caught.value)
    assert said.startswith(str(folder / "people.csv"))
    assert "\n" not in said
    return said.removeprefix(str(folder / "people.csv"))


def test_a_person_keeps_the_other_columns(tmp_path: Path) -> None:
    people = roster(tmp_path, "Afdeling,Navn\nLøn,Åse Bæk\n", first=7).people

    assert people == (Person(copy=7, name="Åse Bæk", fields=(("Afdeling", "Løn"),)),)


@pytest.mark.parametrize(
    "data",
    [
        "navn;sted\nSøren;Aabenraa\n".encode(),
        "navn;sted\r\nSøren;Aabenraa\r\n".encode("utf-8-sig"),
        "navn;sted\r\nSøren;Aabenraa\r\n".encode("cp1252"),
        "navn\tsted\r\nSøren\tAabenraa\r\n".encode("utf-16"),
        "sep=;\r\nnavn;sted\r\nSøren;Aabenraa\r\n".encode("cp1252"),
        "\n\nnavn,sted\n\n  Søren , Aabenraa\n,\n".encode(),
        "navn,sted\rSøren,Aabenraa\r".encode(),
        "NAME,sted\nSøren,Aabenraa\n".encode(),
    ],
    ids=["plain", "byte-order mark", "Excel", "Unicode text", "sep line", "empty lines", "old Mac", "capitals"],
)
def test_what_spreadsheets_save_is_read(tmp_path: Path, data: bytes) -> None:
    assert [person.name for person in roster(tmp_path, data).people] == ["Søren"]
    assert roster(tmp_path, data).people[0].fields == (("sted", "Aabenraa"),)


def test_the_same_list_is_the_same_run_and_another_number_another(tmp_path: Path) -> None:
    once, again, later = (roster(tmp_path, "name\nBo\n", first) for first in (1, 1, 2))

    assert once == again
    assert once.run != later.run


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("", ", line 1: no column is headed name or navn (the file is empty); name one so"),
        ("fornavn,sted\nBo,Ribe\n", ", line 1: no column is headed name or navn (found fornavn, sted); name one so"),
        ("\nfornavn\nBo\n", ", line 2: no column is headed name or navn (found fornavn); name one so"),
        ("name,city\n", ", line 1: nobody is listed under the heading; write one person to a line"),
        ("name,city\nBo,Ribe\n,Ribe\n", ", line 3: the name is empty; fill it in, or take the row out"),
        ("city,name\nRibe\n", ", line 2: the name is empty; fill it in, or take the row out"),
        ('name,city\n"Bo\nIb",Ribe\n,Ribe\n', ", line 4: the name is empty; fill it in, or take the row out"),
        (
            "name,city\nHansen, Ole,Ribe\n",
            ", line 2: has 3 cells under 2 headings; put a cell that holds a separator in quotes",
        ),
        ("name\n" + "x" * 101 + "\n", f", line 2: the name is 101 letters long; shorten it to {MAX_NAME} at most"),
        ("name\nB\x07o\n", ", line 2: holds the control character U+0007; take it out; save the list as CSV again"),
        (b"name\nS\x81ren\n", ": the text cannot be read; save it as CSV UTF-8"),
        (b"\xff\xfen", ": the text cannot be read; save it as CSV UTF-8"),
    ],
)
def test_a_wrong_list_is_told_by_line_and_cure(tmp_path: Path, data: bytes | str, said: str) -> None:
    assert complaint(tmp_path, data) == said


def test_a_cell_beyond_what_csv_allows_is_told(tmp_path: Path) -> None:
    said = complaint(tmp_path, "name\n" + "x" * 200_000 + "\n")

    assert said.endswith("save the list as CSV again")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FormError, match=r"nobody\.csv: cannot be opened \(No such file or directory\); check the name"):
        load_roster(tmp_path / "nobody.csv", 1)


@given(data=st.binary(max_size=200) | st.text(max_size=200).map(lambda text: f"name\n{text}".encode()))
def test_any_bytes_are_a_roster_or_one_clear_line(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    said = ""
    try:
        roster(tmp_path_factory.getbasetemp(), data)
    except FormError as error:
        said = str(error)

    assert "\n" not in said


def test_a_roster_travels_as_json(tmp_path: Path) -> None:
    people = roster(tmp_path, "name,city\nØyvind,Ærø\n")

    assert Roster.from_json(people.to_json(), "sheet.pdf") == people


def test_damaged_json_is_told_by_where_it_was_found() -> None:
    with pytest.raises(FormError, match=r"sheet\.pdf: this is not a roster kryds wrote"):
        Roster.from_json(b'{"run": 1}', "sheet.pdf")
