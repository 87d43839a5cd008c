import pytest
from hypothesis import given
from hypothesis import strategies as st

from kryds.model.page_code import (
    MARKER_GROUPS,
    MARKERS,
    MAX_COPY,
    SERIAL,
    SLOTS_PER_PAGE,
    PageCode,
    decode,
    encode,
    marker_group,
    marker_id,
    run_of,
    serial_of,
    sheet_in,
)

QR_ALPHANUMERIC = set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")  # ISO/IEC 18004, table 5

digests = st.text("0123456789abcdef", min_size=8, max_size=8)
codes = st.builds(
    PageCode,
    form_id=st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,7}){0,2}", fullmatch=True),
    digest=digests,
    run=st.one_of(st.just(""), st.binary().map(run_of)),
    copy=st.integers(1, MAX_COPY),
    page=st.integers(1, 999),
)


@given(codes)
def test_a_code_comes_back_as_it_was_written(code: PageCode) -> None:
    assert decode(encode(code)) == code


@given(codes)
def test_a_code_fits_the_compact_mode_of_a_qr_symbol(code: PageCode) -> None:
    assert set(encode(code)) <= QR_ALPHANUMERIC


@given(codes, st.data())
def test_a_code_with_one_wrong_character_is_all_but_never_taken_for_another(
    code: PageCode, data: st.DataObject
) -> None:
    text = encode(code)
    place = data.draw(st.integers(0, len(text) - 3))
    wrong = text[:place] + data.draw(st.sampled_from(sorted(QR_ALPHANUMERIC - {text[place]}))) + text[place + 1 :]

    found = decode(wrong)

    assert found is None or encode(found) == wrong  # one in 1,024 bears the right check characters by chance


def test_wrong_check_characters_are_refused() -> None:
    text = encode(PageCode("mus-leder", "1a2b3c4d", "", 12, 1))

    assert decode(text[:-2] + ("AA" if text[-2:] != "AA" else "BB")) is None


@given(st.text())
def test_foreign_text_is_no_code(text: str) -> None:
    assert decode(text) is None


def test_a_code_in_other_digits_or_with_a_padded_number_is_no_code() -> None:
    assert decode("MUS-LEDER/1A2B3C4D/١٢/1/QX") is None
    assert decode("MUS-LEDER/1A2B3C4D/012/1/QX") is None
    assert decode("MUS-LEDER/1A2B3C4D/" + "9" * 5000 + "/1/QX") is None


def test_the_serial_number_reads_as_it_is_printed() -> None:
    assert PageCode("f", "0" * 8, "", 12, 1).sheet == "12"
    assert PageCode("f", "0" * 8, "K7Q2", 12, 1).sheet == "K7Q2-12"
    assert PageCode("f", "0" * 8, "", 0, 1).sheet == ""


def test_a_roster_keeps_its_run_and_another_roster_has_another() -> None:
    assert run_of(b"name\nBo\n") == run_of(b"name\nBo\n") != run_of(b"name\nIb\n")


@given(digests, st.integers(1, 999), st.integers(0, SLOTS_PER_PAGE - 1))
def test_every_fiducial_has_an_identity_the_dictionary_holds(digest: str, page: int, slot: int) -> None:
    assert 0 <= marker_id(digest, page, slot) < MARKERS


@given(digests, st.integers(1, 900))
def test_the_pages_of_a_sheet_wear_different_fiducials(digest: str, page: int) -> None:
    groups = {marker_group(digest, number) for number in range(page, page + MARKER_GROUPS)}

    assert len(groups) == MARKER_GROUPS


@given(st.from_regex(SERIAL, fullmatch=True))
def test_a_serial_number_is_written_as_it_was_read(serial: str) -> None:
    number = sheet_in(f" {serial.lower()} ")

    assert number
    assert serial_of(*number) == serial


@pytest.mark.parametrize(
    "text", ["", "0", "012", "K7Q2-", "K7Q1-12", "K7Q2-0", "-12", "12.", "u1", "1234567890", "K7Q212"]
)
def test_what_no_sheet_bears_is_no_serial_number(text: str) -> None:
    assert sheet_in(text) is None
