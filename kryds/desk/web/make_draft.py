"""A form file's text -> the form placed on paper with pictures of its sheet, or what is wrong with it."""

import base64
import io
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

import pypdfium2

from kryds.desk.printing import UNNUMBERED
from kryds.generator.lint import lint_sheet
from kryds.generator.place import place_sheet
from kryds.generator.placed import PlacedSheet
from kryds.generator.sheet import write_sheets
from kryds.model.errors import UserError
from kryds.model.form import Form
from kryds.model.geometry import Paper
from kryds.model.load import FORM_FILE, load_form, load_phrases
from kryds.model.yaml_file import read_yaml

#: Dots per inch of a sheet's picture: sharp on a screen where it is as wide as a hand's breadth.
PICTURE_DPI = 110
#: So many pages are shown; the others are counted.
PAGES_SHOWN = 6
#: pdfium is not made for several threads at once.
PDFIUM = Lock()
_COMPLAINT = re.compile(r", line (?P<line>\d+)(?:, (?P<key>[^:]*))?: (?P<said>.*)")


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong, with its cure; ``line`` is where in the file, if anywhere; ``key`` may be empty."""

    said: str
    line: int | None = None
    key: str = ""


@dataclass(frozen=True)
class Draft:
    """A form file as far as it is one. ``findings`` are what its sheet could do better."""

    form: Form | None
    placed: PlacedSheet | None
    complaints: tuple[Complaint, ...] = ()
    findings: tuple[str, ...] = ()


def draft_of(text: str, paper: Paper) -> Draft:
    """The form in the text, and its sheet."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / FORM_FILE
        path.write_text(text, encoding="utf-8", errors="replace")
        try:
            form = load_form(path)
            placed = place_sheet(form, paper, load_phrases(form.language))
        except UserError as error:  # a FormError, or a language without phrases
            return Draft(None, None, tuple(_complaints(str(error), str(path))))
    return Draft(form, placed, (), lint_sheet(placed))


def data_of(text: str) -> Mapping[str, Any]:
    """The keys and values in a form file's text. Raises FormError when it is none."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / FORM_FILE
        path.write_text(text, encoding="utf-8", errors="replace")
        return read_yaml(path).data


def pictures_of(placed: PlacedSheet) -> Iterator[str]:
    """The first pages of the sheet as it prints, as addresses that hold the picture themselves."""
    file = io.BytesIO()
    write_sheets(placed, UNNUMBERED, file)
    with PDFIUM:
        document = pypdfium2.PdfDocument(file.getvalue())
        try:
            pictures = [_picture(document[at]) for at in range(min(len(document), PAGES_SHOWN))]
        finally:
            document.close()
    for picture in pictures:
        yield f"data:image/png;base64,{base64.b64encode(picture).decode()}"


def _picture(page: pypdfium2.PdfPage) -> bytes:
    file = io.BytesIO()
    page.render(scale=PICTURE_DPI / 72, grayscale=False).to_pil().save(file, "PNG", compress_level=4)
    return file.getvalue()


def _complaints(said: str, path: str) -> Iterator[Complaint]:
    """The lines of a FormError, without the name of a file nobody has seen."""
    for line in said.splitlines():
        text = line.removeprefix(path)
        found = _COMPLAINT.fullmatch(text)
        if found:
            yield Complaint(found["said"], int(found["line"]), found["key"] or "")
        else:
            yield Complaint(text.removeprefix(": "))
