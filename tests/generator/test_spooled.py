"""pypdf adds an object that is no page under a private name only."""

# ruff: noqa: SLF001
import io

import pypdf
import pytest
from pypdf.generic import DecodedStreamObject, NameObject, StreamObject

from kryds.generator.spooled import SMALL_BYTES, Spool, SpooledStream


def picture(data: bytes, subtype: str = "/Image") -> DecodedStreamObject:
    stream = DecodedStreamObject()
    stream.set_data(data)
    stream[NameObject("/Subtype")] = NameObject(subtype)
    return stream


def written(writer: pypdf.PdfWriter) -> bytes:
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


@pytest.mark.parametrize("pieces", [1, 3])
def test_a_file_is_the_same_with_its_pictures_spooled(pieces: int) -> None:
    plain, spooled = pypdf.PdfWriter(), pypdf.PdfWriter()
    for writer in (plain, spooled):
        writer.add_blank_page(100, 100)
    with Spool(spooled) as spool:
        for number in range(pieces):
            data = bytes([number]) * SMALL_BYTES * (number + 1)
            for writer in (plain, spooled):
                writer._add_object(picture(data))
            spool.take()
        kinds = {type(thing) for thing in spooled._objects if isinstance(thing, StreamObject)}

        assert kinds == {SpooledStream}
        assert written(spooled) == written(plain)


def test_what_is_small_or_no_picture_stays_in_memory() -> None:
    writer = pypdf.PdfWriter()
    writer._add_object(picture(b"x" * (SMALL_BYTES - 1)))
    writer._add_object(picture(b"x" * SMALL_BYTES, "/Form"))
    with Spool(writer) as spool:
        spool.take()

    assert not any(isinstance(thing, SpooledStream) for thing in writer._objects)


def test_a_reader_lets_go_of_pictures_and_reads_them_again() -> None:
    writer = pypdf.PdfWriter()
    page = writer.add_blank_page(100, 100)
    page[NameObject("/Picture")] = writer._add_object(picture(b"x" * SMALL_BYTES))
    reader = pypdf.PdfReader(io.BytesIO(written(writer)))
    first = reader.pages[0]["/Picture"]
    with Spool(pypdf.PdfWriter()) as spool:
        spool.forget(reader)
    again = reader.pages[0]["/Picture"]

    assert again is not first
    assert again == first
