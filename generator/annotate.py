"""The scans themselves with what was read drawn over them: annotated.pdf.

The pages are copied, never drawn anew; what is drawn lies on top as one form per page, which cannot be upset by what
the page's own content leaves behind.
"""

import io
import re
from collections.abc import Sequence
from typing import BinaryIO, cast

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    StreamObject,
    TextStringObject,
)

from kryds.generator.drawn_page import AnnotatedPage
from kryds.generator.overlay import draw_overlays
from kryds.generator.scan_source import TROUBLE, ScanSources
from kryds.generator.sheet_frame import PageBox
from kryds.model.phrases import Phrases

__all__ = ["AnnotatedPage", "write_annotated"]

#: The name a page knows its drawings by.
DRAWINGS = "/KrydsDrawings"
#: The operators that save and restore the graphics state (ISO 32000-2, 8.4.2), and the strings they could be taken for.
SAVE_OR_RESTORE = re.compile(rb"\((?:\\.|[^\\()])*\)|(?<![^\s\])>])([qQ])(?![^\s\[(</])", re.DOTALL)


def write_annotated(pages: Sequence[AnnotatedPage], phrases: Phrases, file: BinaryIO) -> None:
    """Writes a PDF with every page of the input, in this order, and what was read drawn over it.

    The scan files must still be where they were read. A page that was not read carries its fate and nothing else. The
    same arguments give the same bytes.
    """
    writer = PdfWriter()
    with ScanSources(writer) as sources:
        copies = [sources.add(page.path, page.reading) for page in pages]
        boxes = [_box(copy) for copy in copies]
        drawings = PdfReader(io.BytesIO(draw_overlays(list(zip(pages, boxes, strict=True)), phrases)))
        for copy, box, drawing in zip(copies, boxes, drawings.pages, strict=True):
            _lay_over(writer, copy, _form(writer, drawing, box))
        writer.add_metadata({"/Title": phrases.say("annotate.title"), "/Producer": "kryds"})
        writer.root_object[NameObject("/Lang")] = TextStringObject(phrases.language)
        writer.write(file)


def _box(page: PageObject) -> PageBox:
    """What a viewer shows: the crop box as far as it lies within the media box, or all of it if that is nothing."""
    media, crop = page.mediabox, page.cropbox
    left, right = max(_low(media, 0), _low(crop, 0)), min(_high(media, 0), _high(crop, 0))
    bottom, top = max(_low(media, 1), _low(crop, 1)), min(_high(media, 1), _high(crop, 1))
    if left >= right or bottom >= top:
        left, right, bottom, top = _low(media, 0), _high(media, 0), _low(media, 1), _high(media, 1)
    return PageBox(left, bottom, right, top, page.rotation % 360)


def _low(box: ArrayObject, axis: int) -> float:
    return min(float(box[axis]), float(box[axis + 2]))


def _high(box: ArrayObject, axis: int) -> float:
    return max(float(box[axis]), float(box[axis + 2]))


def _form(writer: PdfWriter, drawing: PageObject, box: PageBox) -> IndirectObject:
    """A page of drawings as a form XObject (ISO 32000-2, 8.10) in the user space of the page it is for."""
    form = cast("StreamObject", drawing["/Contents"]).clone(writer)
    form[NameObject("/Type")] = NameObject("/XObject")
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/BBox")] = ArrayObject(FloatObject(edge) for edge in (box.left, box.bottom, box.right, box.top))
    form[NameObject("/Resources")] = drawing["/Resources"].clone(writer)
    return cast("IndirectObject", form.indirect_reference)


def _lay_over(writer: PdfWriter, page: PageObject, form: IndirectObject) -> None:
    """Puts the page's own content between save and restore, and the form after it; the content is not touched."""
    before, after = _brackets(page)
    stored = page.get("/Contents")
    own = stored.get_object() if stored is not None else NullObject()
    pieces = (
        list(own)
        if isinstance(own, ArrayObject)
        else []
        if isinstance(own, NullObject)
        else [page.raw_get("/Contents")]
    )
    page[NameObject("/Contents")] = ArrayObject(
        [_stream(writer, b"q " * before), *pieces, _stream(writer, b"\n" + b"Q " * after + DRAWINGS.encode() + b" Do")]
    )
    # Resources may be shared by all pages of a file, so this page gets its own.
    resources = DictionaryObject(cast("DictionaryObject", page.get("/Resources", {})))
    names = DictionaryObject(cast("DictionaryObject", resources.get("/XObject", {})))
    names[NameObject(DRAWINGS)] = form
    resources[NameObject("/XObject")] = names
    page[NameObject("/Resources")] = resources


def _brackets(page: PageObject) -> tuple[int, int]:
    """How many saves before the page's content and restores after it leave the state as it was at the start.

    One each, and more where the content restores what it did not save, or saves and does not restore.
    """
    try:
        contents = page.get_contents()
        data = contents.get_data() if contents is not None else b""
    except TROUBLE:
        data = b""  # what cannot be unpacked is not drawn either
    depth = lowest = 0
    for operator in SAVE_OR_RESTORE.findall(data):
        depth += {b"q": 1, b"Q": -1}.get(operator, 0)
        lowest = min(lowest, depth)
    return 1 - lowest, 1 - lowest + depth


def _stream(writer: PdfWriter, data: bytes) -> IndirectObject:
    stream = DecodedStreamObject()
    stream.set_data(data)
    return writer._add_object(stream)  # noqa: SLF001 - pypdf's own way in, under no other name
