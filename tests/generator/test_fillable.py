import io
from collections.abc import Callable

import numpy as np
import pypdf
import pypdfium2 as pdfium
import pytest

from kryds.generator.placed import PlacedSheet
from kryds.model.layout import BoxPlace
from kryds.model.roster import Person


@pytest.fixture(scope="module")
def fillable(placed_mus: PlacedSheet, print_pdf: Callable[..., bytes]) -> bytes:
    return print_pdf(placed_mus, Person(0, ""), fillable=True)


def rendered(data: bytes, dpi: int = 150) -> np.ndarray:
    document = pdfium.PdfDocument(data)
    document.init_forms()
    image = document[0].render(scale=dpi / 72, grayscale=True, may_draw_forms=True)
    return np.asarray(image.to_numpy(), np.uint8).squeeze()


def filled(data: bytes, answers: dict[str, str]) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    for page in writer.pages:
        writer.update_page_form_field_values(page, answers, auto_regenerate=False)
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def ink_in(gray: np.ndarray, box: BoxPlace, dpi: int = 150) -> float:
    inside = box.rect.inset(0.7)
    top, bottom, left, right = (round(v * dpi / 25.4) for v in (inside.y, inside.bottom, inside.x, inside.right))
    return float((gray[top:bottom, left:right] < 128).mean())


def test_every_item_is_a_group_with_the_categories_as_values(fillable: bytes, placed_mus: PlacedSheet) -> None:
    fields = pypdf.PdfReader(io.BytesIO(fillable)).get_fields() or {}
    groups = {name: field for name, field in fields.items() if field.get("/FT") == "/Btn"}
    assert list(groups) == [item.id for item in placed_mus.edition.form.items]
    assert set(groups["1.1"]["/_States_"]) == {"/Off", "/aldrig", "/sjaeldent", "/af-og-til", "/oftest", "/altid"}
    assert groups["1.1"]["/TU"] == "1.1 MUS gennemføres"


def test_a_cross_can_be_taken_back(fillable: bytes) -> None:
    fields = pypdf.PdfReader(io.BytesIO(fillable)).get_fields() or {}
    assert not fields["1.1"].get("/Ff", 0) & 1 << 14


def test_what_is_filled_in_shows_as_a_cross_in_its_box_only(fillable: bytes, placed_mus: PlacedSheet) -> None:
    gray = rendered(filled(fillable, {"1.2": "/oftest"}))
    crossed = [
        (box.item_id, box.choice) for box in placed_mus.edition.layout.pages[0].boxes if ink_in(gray, box) > 0.05
    ]
    assert crossed == [("1.2", 4)]


def test_it_looks_like_the_sheet_on_paper(
    fillable: bytes, placed_mus: PlacedSheet, print_pdf: Callable[..., bytes]
) -> None:
    assert (rendered(fillable) == rendered(print_pdf(placed_mus, Person(0, "")))).all()


def test_sheets_of_one_file_are_filled_in_apart(placed_mus: PlacedSheet, print_pdf: Callable[..., bytes]) -> None:
    data = print_pdf(placed_mus, Person(1, ""), Person(2, ""), fillable=True)
    fields = pypdf.PdfReader(io.BytesIO(data)).get_fields() or {}
    assert {"1.1.1", "2.1.1"} <= fields.keys()
