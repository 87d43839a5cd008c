"""A PDF written object by object as they are finished, so that a long document does not wait in memory to be whole.

ReportLab keeps every object and its name until the end. Here what is finished goes to the file at once, and only where
it begins is remembered.
"""

from array import array
from collections.abc import Sequence
from typing import BinaryIO

from reportlab.pdfbase.pdfdoc import PDFFile, PDFIndirectObject, PDFObject, PDFObjectReference, PDFTrailer
from reportlab.pdfbase.pdfdoc import format as packed
from reportlab.pdfgen.canvas import Canvas

from kryds.generator.document import document_of

#: An entry of the cross-reference table (ISO 32000-2, 7.5.4): twenty bytes.
_FREE, _USED = b"0000000000 65535 f \n", b"%010d 00000 n \n"


class WrittenOut:
    """The document that ``canvas`` draws, on its way into ``file``, which must be empty."""

    def __init__(self, canvas: Canvas, file: BinaryIO) -> None:
        self._canvas = canvas
        self._document = document_of(canvas)
        self._document.Reference(self._document.Pages)  # which every page refers to
        self._file = file
        self._begins = array("Q", [0])  # byte each object begins at, by its number; 0: not written yet
        self._end = file.write(PDFFile(self._document._pdfVersion).format(self._document))  # noqa: SLF001 - its header

    def put(self, references: Sequence[PDFObjectReference]) -> None:
        """Writes objects that are finished, and forgets them: only what is written already may refer to them."""
        for reference in references:
            self._write(reference.name)
        for reference in references:
            self._forget(reference.name)

    def put_new(self, content: PDFObject) -> bytes:
        """Writes an object that is no part of the document yet; tells how it is referred to in the file."""
        reference = self._document.Reference(content)
        said: bytes = packed(reference, self._document)
        self.put([reference])
        return said

    def put_page(self) -> None:
        """Writes the page closed last and what is drawn on it. Its name stays: outline and structure refer to it."""
        document = self._document
        page = document.Pages.pages[-1]
        page.Contents = self.put_new(page.Contents)
        document.Pages.pages[-1] = reference = document.Reference(page)
        self._write(reference.name)
        document.idToObject[reference.name] = None

    def close(self) -> None:
        """Writes all that is left, and where everything is; as ReportLab's GetPDFData and format do."""
        document = self._document
        for font in document.delayedFonts:
            font.addObjects(document)
        document.info.invariant = document.invariant
        document.info.digest(document.signature)
        catalog, info = document.Reference(document.Catalog), document.Reference(document.info)
        document.Outlines.prepare(document, self._canvas)
        if document.Outlines.ready < 0:
            document.Catalog.Outlines = None
        number = 0
        while (number := number + 1) <= document.objectcounter:  # more may come to light on the way
            if number >= len(self._begins) or not self._begins[number]:
                self._write(document.numberToId[number])
        table, count = self._end, document.objectcounter + 1
        self._file.write(b"xref\n0 %d\n%b" % (count, _FREE))
        self._file.writelines(_USED % begin for begin in self._begins[1:])
        trailer = PDFTrailer(startxref=table, Size=count, Root=catalog, Info=info, ID=document.ID())
        self._file.write(trailer.format(document))

    def _write(self, name: str) -> None:
        document = self._document
        number, _ = document.idToObjectNumberAndVersion[name]
        data: bytes = PDFIndirectObject(name, document.idToObject[name]).format(document)
        self._begins.extend([0] * (number + 1 - len(self._begins)))
        self._begins[number] = self._end
        self._end += self._file.write(data)

    def _forget(self, name: str) -> None:
        document = self._document
        number, _ = document.idToObjectNumberAndVersion.pop(name)
        del document.idToObject[name], document.numberToId[number]
