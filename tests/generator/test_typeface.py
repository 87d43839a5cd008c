import pytest
from hypothesis import given
from hypothesis import strategies as st

from kryds.generator.typeface import BODY, TITLE, Colour, missing_glyphs, shorten, width_mm, wrap


@given(st.text(alphabet="abcæøåÆØÅ -/", min_size=1).filter(str.strip), st.floats(12, 120))
def test_no_line_is_wider_than_its_column(text: str, column: float) -> None:
    assert all(width_mm(line, BODY) <= column for line in wrap(text, BODY, column))


@given(st.lists(st.text(alphabet="abcæøå", min_size=1, max_size=8), min_size=1, max_size=30))
def test_wrapping_loses_no_word(words: list[str]) -> None:
    assert " ".join(wrap(" ".join(words), BODY, 60)).split() == words


def test_a_word_too_long_breaks_after_its_hyphen() -> None:
    assert wrap("Arbejdsmiljø-undersøgelsen", BODY, 30) == ("Arbejdsmiljø-", "undersøgelsen")


def test_a_word_without_hyphen_breaks_where_the_column_ends() -> None:
    lines = wrap("Speciallægepraksisplanlægningsstabiliseringsperiode", BODY, 30)
    assert len(lines) > 1
    assert "".join(lines) == "Speciallægepraksisplanlægningsstabiliseringsperiode"


def test_a_short_last_line_gets_company_from_the_line_above() -> None:
    text = "Jeg bringer nye ideer og forslag op under denne MUS"
    column = width_mm(text, BODY) - 1
    assert wrap(text, BODY, column)[-1] != "MUS"


def test_a_title_parts_where_its_sentence_ends() -> None:
    title = "MUS-testen. Til dig der er leder"
    assert wrap(title, TITLE, 104, even=True) == ("MUS-testen.", "Til dig der er leder")


def test_a_title_without_sentences_gets_lines_of_about_one_length() -> None:
    first, second = wrap("En titel der er en anelse for lang til en enkelt linje", TITLE, 130, even=True)
    assert abs(width_mm(first, TITLE) - width_mm(second, TITLE)) < 40


def test_a_name_that_fits_stays_whole() -> None:
    assert shorten("Åse Ærø", BODY, 50) == "Åse Ærø"


def test_a_long_name_ends_in_an_ellipsis_within_its_room() -> None:
    short = shorten("Åse Ærø Ødegård-Christiansen", BODY, 30)
    assert short.endswith("…")
    assert width_mm(short, BODY) <= 30


def test_the_face_has_danish_letters_and_says_what_it_lacks() -> None:
    assert missing_glyphs("Blåbærgrød – ÆØÅ × 100 “ja” 漢 漢") == ("漢",)


@pytest.mark.parametrize("colour", [Colour.INK, Colour.QUIET, Colour.ACCENT])
def test_text_stands_out_seven_to_one(colour: Colour) -> None:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    assert 1.05 / (luminance + 0.05) >= 7
