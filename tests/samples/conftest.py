"""A small sheet of our own, so that these tests need neither the sheet's design nor its fonts."""

import io

import pytest
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from kryds.model.edition import Edition
from kryds.model.form import Form, Option, Section
from kryds.model.geometry import Rect
from kryds.model.layout import BoxPlace, PageLayout, RowPlace, SheetLayout
from kryds.samples.paper.simulate import PrintedSheet

WIDTH, HEIGHT = 105.0, 148.0
OPTIONS = ("never", "at times", "always")


def _page(number: int) -> PageLayout:
    ids = [f"{number}.{i}" for i in range(1, 5)]
    tops = {id_: 30.0 + 20 * i for i, id_ in enumerate(ids)}
    boxes = [BoxPlace(i, c, Rect(40.0 + 14 * c, tops[i], 6, 6)) for i in ids for c in (1, 2, 3)]
    rows = [RowPlace(i, Rect(8, tops[i] - 4, 88, 14)) for i in ids]
    return PageLayout(number, (), Rect(5, 5, 10, 10), tuple(rows), tuple(boxes))


@pytest.fixture(scope="session")
def edition() -> Edition:
    sections = tuple(Section(title=f"Part {n}", items=("One", "Two", "Three", "Four")) for n in (1, 2))
    options = tuple(Option(id=o.replace(" ", "-"), label=o, weight=w) for w, o in enumerate(OPTIONS))
    form = Form(id="tiny", version=1, language="en", title="Tiny", options=options, sections=sections)
    return Edition(form, SheetLayout(WIDTH, HEIGHT, 0.3, (_page(1), _page(2))))


@pytest.fixture(scope="session")
def sheet(edition: Edition) -> PrintedSheet:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(WIDTH * mm, HEIGHT * mm), invariant=True)
    canvas.setLineWidth(0.3 * mm)
    for page in edition.layout.pages:
        for row in page.rows:
            canvas.drawString(row.rect.x * mm, (HEIGHT - row.rect.bottom + 5) * mm, f"Statement {row.item_id}")
        for box in page.boxes:
            r = box.rect.inset(0.15)
            canvas.rect(r.x * mm, (HEIGHT - r.bottom) * mm, r.width * mm, r.height * mm)
        canvas.showPage()
    canvas.save()
    return PrintedSheet(file.getvalue(), edition)
