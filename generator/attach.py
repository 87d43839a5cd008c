"""Files that travel inside a PDF (ISO 32000-1, 7.11.4): the edition a sheet is read back by, the roster it names."""

from collections.abc import Mapping

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFString, PDFZCompress
from reportlab.pdfgen.canvas import Canvas

from kryds.generator.document import document_of

EDITION_FILE = "edition.json"
ROSTER_FILE = "roster.json"


def attach(canvas: Canvas, files: Mapping[str, bytes]) -> None:
    """Embeds JSON files by name in the document that ``canvas`` writes."""
    document = document_of(canvas)
    names: list[object] = []
    for name, data in sorted(files.items()):
        about = PDFDictionary({"Type": PDFName("EmbeddedFile"), "Subtype": "/application#2Fjson"})
        about["Params"] = PDFDictionary({"Size": len(data)})
        stream = document.Reference(PDFStream(about, data, [PDFZCompress]))
        file = PDFDictionary({"Type": PDFName("Filespec"), "F": PDFString(name), "UF": PDFString(name)})
        file["AFRelationship"] = PDFName("Data")
        file["EF"] = PDFDictionary({"F": stream})
        names += [PDFString(name), document.Reference(file)]
    tree = PDFDictionary({"EmbeddedFiles": PDFDictionary({"Names": PDFArray(names)})})
    document.Catalog.Names = document.Reference(tree)
