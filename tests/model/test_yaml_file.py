from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kryds.model.errors import FormError
from kryds.model.yaml_file import YamlFile, read_yaml


def read(folder: Path, text: str | bytes) -> YamlFile:
    path = folder / "form.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_yaml(path)


def test_every_scalar_is_the_text_that_stands_there(tmp_path: Path) -> None:
    file = read(tmp_path, "a: 0\nb: no\nc: 2026-11-23\nd: 1:30\ne: 'ja'\nf: >-\n  to\n  linjer\ng: 007\n")

    assert file.data == {
        "a": "0",
        "b": "no",
        "c": "2026-11-23",
        "d": "1:30",
        "e": "ja",
        "f": "to linjer",
        "g": "007",
    }


def test_what_is_left_empty_is_none(tmp_path: Path) -> None:
    assert read(tmp_path, "a:\nb: ~\nc: ''\n").data == {"a": None, "b": None, "c": ""}


def test_every_value_remembers_its_line(tmp_path: Path) -> None:
    file = read(tmp_path, "# top\na:\n  - x\n\n  - b: 1\n    c: 2\n")

    assert file.lines == {(): 1, ("a",): 2, ("a", 0): 3, ("a", 1): 5, ("a", 1, "b"): 5, ("a", 1, "c"): 6}


def test_a_fault_names_the_line_of_the_deepest_part_that_is_there(tmp_path: Path) -> None:
    file = read(tmp_path, "a:\n  - b: 1\n")

    assert file.fault(("a", 0, "missing"), "is missing").endswith("form.yaml, line 2, a.1.missing: is missing")
    assert file.fault((), "is wrong").endswith("form.yaml, line 1: is wrong")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ", line 1: holds no keys; write one 'key: text' to a line"),
        ("# only a comment\n", ", line 1: holds no keys; write one 'key: text' to a line"),
        ("- a\n- b\n", ", line 1: holds no keys; write one 'key: text' to a line"),
        ("a: 1\nb: 2\na: 3\n", ", line 3, a: stands on line 1 too; take one of them out"),
        ('"a\\nb": 1\n"a\\nb": 2\n', ", line 2, a b: stands on line 1 too; take one of them out"),
        ("a:\n\t- x\n", ", line 2: a tab stands where YAML wants spaces; indent with spaces"),
        (
            "a: note: this\n",
            ", line 1: a colon stands where none can; check the indent, or put a text with a colon in quotes",
        ),
        ("a: - x\n", ", line 1: a hyphen stands where none can; begin the list on a line of its own"),
        ("a: 1\nb\n", ", line 3: a colon is missing; write key: text"),
        ("a:\n  - x\n - y\n", ", line 3: this line fits none above it; check the indent, the hyphens and the quotes"),
        ("a: 'x\n", ", line 2: a quote is opened and not closed; close it"),
        ("a: [1, 2\n", ", line 2: a bracket is opened and not closed; close it"),
        ('a: "C:\\qed"\n', ", line 1: a backslash in double quotes; use single quotes"),
        ("a: *vigtigt*\n", ", line 1: a text cannot begin with * or &; put it in quotes"),
        ("a: &x [1]\nb: *x\n", ", line 1: is used again by a *name; write the text out where it is used"),
        ("a: 1\n---\nb: 2\n", ", line 2: a second document begins; take out the line ---"),
        ("a: @home\n", ", line 1: a text cannot begin with this sign; put it in quotes"),
        ("? [a]\n: b\n", ", line 1: a key is one word; write key: text"),
        ("a: 1\nb: \x00\n", ", line 2: holds a control character; delete it"),
        (
            "%YAML 9.9\n---\na: 1\n",
            ", line 1: found incompatible YAML document (version 1.* is required); check the indent and the quotes",
        ),
        ("a: " + "[" * 5000, ": is nested hundreds of levels deep; a form needs four"),
        ("a: æ\nb: ø\n".encode("cp1252"), ", line 1: is not UTF-8 text; save the file as UTF-8"),
        ("a: 1\n".encode("utf-16"), ", line 1: is not UTF-8 text; save the file as UTF-8"),
    ],
)
def test_a_file_that_is_no_yaml_is_told_by_line_and_cure(tmp_path: Path, text: str | bytes, said: str) -> None:
    with pytest.raises(FormError) as caught:
        read(tmp_path, text)

    assert str(caught.value) == f"{tmp_path / 'form.yaml'}{said}"


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FormError, match=r"no\.yaml: cannot be opened \(No such file or directory\); check the name"):
        read_yaml(tmp_path / "no.yaml")
    with pytest.raises(FormError, match=r"cannot be opened \(Is a directory\); check the name"):
        read_yaml(tmp_path)


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    assert read(tmp_path, "a: 1\n".encode("utf-8-sig")).data == {"a": "1"}


YAML_BITS = st.lists(
    st.sampled_from(
        ["a", "b", ": ", "- ", "\n", "  ", "\t", "'", '"', "[", "{", "}", "*a", "&a", "|", "!!int ", "#", "?", "%"]
    )
)


@given(text=st.one_of(st.binary(max_size=60), YAML_BITS.map(lambda bits: "".join(bits).encode())))
def test_any_bytes_are_a_mapping_or_one_clear_line(tmp_path_factory: pytest.TempPathFactory, text: bytes) -> None:
    said = ""
    try:
        read(tmp_path_factory.getbasetemp(), text)
    except FormError as error:
        said = str(error)

    assert "\n" not in said
