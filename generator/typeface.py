"""Faces, sizes, colours and line widths, shared by all drawings; and how wide a text runs.

The face is Atkinson Hyperlegible (Braille Institute, SIL Open Font License): drawn so that letters are hard to take
for one another, with every Danish letter. It comes out of an installed package and is embedded as a subset.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources
from typing import Any

#: One PostScript point in millimetres.
PT_MM = 25.4 / 72

#: Height of a capital above the baseline, as a share of the size (OS/2 table of the face).
CAP_HEIGHT = 0.668

#: Wrapping leaves no last line shorter than this share of the column, if narrowing the column by a fifth prevents it;
#: a title may narrow by half.
SHORT_LAST_LINE = 0.3
_NARROWEST, _NARROWEST_EVEN = 80, 50


class Face(StrEnum):
    """A face by the name it is embedded under."""

    REGULAR = "AtkinsonHyperlegible-Regular"
    BOLD = "AtkinsonHyperlegible-Bold"
    ITALIC = "AtkinsonHyperlegible-Italic"


class Colour(StrEnum):
    """Colours as RRGGBB. Text has a contrast of at least 7:1 on white (WCAG 2.2, 1.4.6).

    What people read is pure black, which no printer makes up of dots.
    """

    INK = "000000"
    QUIET = "404040"
    ACCENT = "0B4650"
    LINE = "737373"


@dataclass(frozen=True, slots=True)
class Style:
    """How a line of text is set."""

    face: Face
    size_pt: float
    leading_mm: float
    colour: Colour = Colour.INK

    @property
    def cap_mm(self) -> float:
        """Height of a capital, in millimetres."""
        return self.size_pt * PT_MM * CAP_HEIGHT


TITLE = Style(Face.BOLD, 21, 8.6, Colour.ACCENT)
SUBTITLE = Style(Face.REGULAR, 13, 5.8)
LEAD = Style(Face.REGULAR, 10.5, 4.9)
BODY = Style(Face.REGULAR, 10, 4.6)
SMALL = Style(Face.REGULAR, 9, 4.0)
SMALL_BOLD = Style(Face.BOLD, 9, 4.0)
TINY = Style(Face.REGULAR, 7, 3.3, Colour.QUIET)
NUMERAL = Style(Face.BOLD, 17, 6.0, Colour.ACCENT)
HEADING = Style(Face.BOLD, 11.5, 5.0, Colour.ACCENT)
ITEM_NUMBER = Style(Face.REGULAR, 8.5, 4.6, Colour.QUIET)
NAME = Style(Face.REGULAR, 11, 5.0)
SERIAL = Style(Face.BOLD, 13, 5.4)
RUNNING = Style(Face.BOLD, 10, 4.6, Colour.ACCENT)

#: Line widths in millimetres: between rows; under a heading; around a box (what the reader snaps to); a writing field.
HAIRLINE_MM = 0.14
HEAVY_MM = 0.45
BOX_LINE_MM = 0.3
FIELD_LINE_MM = 0.2


@lru_cache(maxsize=20_000)
def width_mm(text: str, style: Style) -> float:
    """How far ``text`` runs on one line, in millimetres."""
    from reportlab.pdfbase.pdfmetrics import stringWidth  # noqa: PLC0415 - only what prints pays for ReportLab

    register(style.face)
    return float(stringWidth(text, style.face.value, style.size_pt)) * PT_MM


def wrap(text: str, style: Style, column_mm: float, *, even: bool = False) -> tuple[str, ...]:
    """``text`` in lines no wider than ``column_mm``.

    ``even`` makes them about equally long, as a title wants, or two of them, parted where a sentence ends. A word too
    wide for the column is broken, after a hyphen if it has one.
    """
    lines = _filled(text, style, column_mm)
    if even and len(lines) == 2:  # noqa: PLR2004 - a line each for two sentences
        sentences = tuple(re.split(r"(?<=[.:!?–])\s+", text.strip(), maxsplit=1))
        if len(sentences) == len(lines) and max(width_mm(one, style) for one in sentences) <= column_mm:
            return sentences
    narrowest = _NARROWEST_EVEN if even else _NARROWEST
    for percent in range(100, narrowest - 1, -5):
        narrower = _filled(text, style, column_mm * percent / 100)
        if len(narrower) > len(lines):
            break
        lines = narrower
        if not even and (len(lines) == 1 or width_mm(lines[-1], style) >= column_mm * SHORT_LAST_LINE):
            break
    return lines


def shorten(text: str, style: Style, room_mm: float) -> str:
    """``text``, or as much of it as fits in ``room_mm`` with an ellipsis at its end."""
    if width_mm(text, style) <= room_mm:
        return text
    kept = text
    while kept and width_mm(f"{kept}…", style) > room_mm:
        kept = kept[:-1].rstrip()
    return f"{kept}…"


def missing_glyphs(text: str) -> tuple[str, ...]:
    """The characters of ``text`` that the face cannot draw, in order of appearance, each once."""
    from reportlab.pdfbase.pdfmetrics import getFont  # noqa: PLC0415 - as in width_mm

    register(Face.REGULAR)
    font: Any = getFont(Face.REGULAR.value)
    known = font.face.charToGlyph
    return tuple(dict.fromkeys(sign for sign in text if ord(sign) not in known and not sign.isspace()))


@cache
def register(face: Face) -> None:
    """Makes ``face`` known to ReportLab under its own name, once per process."""
    from reportlab.pdfbase.pdfmetrics import registerFont  # noqa: PLC0415 - as in width_mm
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415

    file = resources.files("fontpkg_atkinson_hyperlegible") / "files" / f"{face.value}.ttf"
    registerFont(TTFont(face.value, str(file)))


def _filled(text: str, style: Style, column_mm: float) -> tuple[str, ...]:
    """Lines filled from the left, each as full as it goes."""
    lines: list[str] = []
    for word in re.split(r"[ \t\r\n]+", text.strip()):
        pieces = (word,) if width_mm(word, style) <= column_mm else tuple(_broken(word, style, column_mm))
        for first, piece in zip((True, *(False,) * len(pieces)), pieces, strict=False):
            joined = f"{lines[-1]} {piece}" if lines and first else ""
            if joined and width_mm(joined, style) <= column_mm:
                lines[-1] = joined
            else:
                lines.append(piece)
    return tuple(lines)


def _broken(word: str, style: Style, column_mm: float) -> Iterator[str]:
    """A word too wide for the column in pieces that fit: after hyphens and slashes, else wherever the column ends."""
    line = ""
    for part in re.findall(r"[^-/–]*[-/–]|[^-/–]+", word):
        if line and width_mm(line + part, style) > column_mm:
            yield line
            line = ""
        for sign in part:
            if line and width_mm(line + sign, style) > column_mm:
                yield line
                line = ""
            line += sign
    yield line
