from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kryds.model.edition import Edition
from kryds.model.errors import FormError
from kryds.model.form import Form, Option, Section
from kryds.model.geometry import Point, Rect
from kryds.model.layout import BoxPlace, Fiducial, PageLayout, RowPlace, SheetLayout

FORM = Form(
    id="f",
    version=1,
    language="da",
    title="Æble",
    options=(Option(id="ja", label="Ja", weight=1), Option(id="nej", label="Nej", weight=0)),
    sections=(Section(title="A", items=("x", "y")),),
)

lengths = st.floats(0, 300)
rects = st.builds(Rect, lengths, lengths, lengths, lengths)
pages = st.builds(
    PageLayout,
    number=st.integers(1, 9),
    fiducials=st.tuples(
        st.builds(Fiducial, slot=st.integers(0, 5), centre=st.builds(Point, lengths, lengths), side_mm=lengths)
    ),
    code=rects,
    rows=st.tuples(st.builds(RowPlace, item_id=st.just("1.1"), rect=rects)),
    boxes=st.tuples(st.builds(BoxPlace, item_id=st.just("1.1"), choice=st.integers(1, 2), rect=rects)),
)
editions = st.builds(
    Edition,
    form=st.just(FORM),
    layout=st.builds(SheetLayout, width_mm=lengths, height_mm=lengths, line_mm=lengths, pages=st.tuples(pages)),
)
ROW = RowPlace("1.2", Rect(0, 0, 1, 1))
EDITION = Edition(FORM, SheetLayout(210, 297, 0.3, (PageLayout(1, (), Rect(0, 0, 1, 1), (ROW,), ()),)))


@given(editions)
def test_an_edition_travels_as_json_and_keeps_its_digest(edition: Edition) -> None:
    back = Edition.from_json(edition.to_json(), "sheet.pdf")

    assert back == edition
    assert back.digest == edition.digest


def test_a_box_that_moves_or_a_weight_that_changes_gives_another_digest() -> None:
    moved = replace(EDITION, layout=replace(EDITION.layout, line_mm=0.4))
    weighed = replace(EDITION, form=FORM.model_copy(update={"version": 2}))

    assert len({edition.digest for edition in (EDITION, moved, weighed)}) == 3


def test_a_key_that_later_forms_may_have_does_not_change_old_digests() -> None:
    assert b"subtitle" not in EDITION.to_json()


def test_items_are_found_by_id_and_by_page() -> None:
    assert EDITION.items["1.2"].text == "y"
    assert EDITION.items_of_page(1) == ("1.2",)


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", b'{"form": 1}', b"[" * 10_000])
def test_damaged_json_is_told_by_where_it_was_found(data: bytes) -> None:
    with pytest.raises(FormError, match=r"^sheet\.pdf: this is not an edition kryds wrote"):
        Edition.from_json(data, "sheet.pdf")
