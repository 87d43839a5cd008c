"""What the reader makes of real pens on sheets kryds did not print: ``python -m benchmarks.accuracy.foreign FOLDER``.

kryds does not read such sheets yet. Their boxes' places are given (FOLDER/*/boxes.csv: file, field, option, x, y, w, h,
mark), so that what comes after registration can be tried on real ink: boxes sampled, snapped, measured and judged. Only
the kind of each mark is compared; what a filled box means there differs from form to form. Round boxes look like rings
to the network, which has seen square ones only: only folders with square boxes tell anything.
"""

import argparse
import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

from kryds.model.edition import Edition
from kryds.model.form import Form, Option, Section
from kryds.model.geometry import Rect
from kryds.model.layout import BoxPlace, PageLayout, SheetLayout
from kryds.model.reading import Mark
from kryds.reader.classify import classify_boxes
from kryds.reader.fiducials import Reduced
from kryds.reader.measure import measure_boxes
from kryds.reader.network import Likeness
from kryds.reader.patches import sample_boxes, to_ink
from kryds.reader.picture import Picture
from kryds.reader.register import Candidate, Registration
from kryds.reader.settings import DEFAULT
from kryds.reader.snap import snap_boxes

#: Our boxes are 6 mm wide; foreign ones are looked at as if they were.
BOX_MM, LINE_MM = 6.0, 0.4
#: Print is about as dark as the darkest hundredth of a page that has print on it.
DARKEST = 1.0
#: Boxes further than this from square (of the longer side) are ovals or strips: not ours.
SQUARE = 0.15

Row = dict[str, str]


def main() -> None:
    """For each kind of real mark, what it was most like."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="folder of folders with scans and boxes.csv")
    seen: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for source, rows in _pages(parser.parse_args().folder):
        for row, mark in zip(rows, read_boxes(source, rows), strict=True):
            likest = Likeness(mark.chances.index(max(mark.chances))).name.lower()
            seen[source.parent.name, row["mark"]][likest if max(mark.chances) >= DEFAULT.box_sure else "unsure"] += 1
    for (folder, kind), found in sorted(seen.items()):
        told = ", ".join(f"{what} {count}" for what, count in found.most_common())
        print(f"{folder:28} {kind:10} {sum(found.values()):4}: {told}")


def read_boxes(source: Path, rows: list[Row]) -> tuple[Mark, ...]:
    """The marks of the boxes of one scanned page, in the order of ``rows``."""
    gray = cv2.imread(str(source), cv2.IMREAD_GRAYSCALE)
    if gray is None:
        raise FileNotFoundError(source)
    page = np.asarray(gray, np.uint8)
    px_per_mm = float(np.median([float(row["w"]) for row in rows])) / BOX_MM
    candidate = _candidate(rows, px_per_mm)
    whole = Reduced(page, 1)
    grays = sample_boxes(Picture(whole, whole, lambda: page), candidate.registration, candidate.layout, DEFAULT)
    dark = float(np.percentile(page, DARKEST))
    registered = snap_boxes(to_ink(grays, dark, DEFAULT), candidate, DEFAULT)
    return classify_boxes(registered, measure_boxes(registered, DEFAULT), DEFAULT)


def _candidate(rows: list[Row], px_per_mm: float) -> Candidate:
    """A layout whose boxes stand where ``rows`` say, each by itself."""
    places = []
    for choice, row in enumerate(rows, start=1):
        x, y, width, height = (float(row[key]) / px_per_mm for key in ("x", "y", "w", "h"))
        middle = x + width / 2, y + height / 2
        rect = Rect(middle[0] - BOX_MM / 2, middle[1] - BOX_MM / 2, BOX_MM, BOX_MM)
        places.append(BoxPlace("1.1", choice, rect))
    layout = PageLayout(1, (), Rect(0, 0, 1, 1), (), tuple(places))
    options = tuple(Option(id=str(i), label=str(i), weight=i) for i in (1, 2))
    form = Form(
        id="foreign", version=1, language="en", title="-", options=options, sections=(Section(title="-", items=("-",)),)
    )
    registration = Registration(np.diag([px_per_mm, px_per_mm, 1.0]), 0.0, 0)
    return Candidate(Edition(form, SheetLayout(210, 297, LINE_MM, (layout,))), layout, registration)


def _pages(folder: Path) -> Iterator[tuple[Path, list[Row]]]:
    for table in sorted(folder.glob("*/boxes.csv")):
        pages: dict[str, list[Row]] = defaultdict(list)
        with table.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                width, height = float(row["w"]), float(row["h"])
                if abs(width - height) <= SQUARE * max(width, height):
                    pages[row["file"]].append(row)
        yield from ((table.parent / name, rows) for name, rows in sorted(pages.items()))


if __name__ == "__main__":
    main()
