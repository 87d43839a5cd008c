"""An edition's layout as JSON: every box of every page in millimetres from the top-left corner of the page."""

import json
from dataclasses import asdict
from typing import Any

from kryds.model.edition import Edition
from kryds.model.geometry import Paper
from kryds.model.layout import BoxPlace, PageLayout


def layout_json(edition: Edition, paper: Paper) -> str:
    """One JSON object; ``boxes`` tell the outer edge of each printed box, ``fiducials`` their centres."""
    form, layout = edition.form, edition.layout
    size = {"width": layout.width_mm, "height": layout.height_mm}
    described = {
        "form": form.id,
        "version": form.version,
        "language": form.language,
        "digest": edition.digest,
        "paper": paper.value,
        "unit": "mm",
        **size,
        "pages": [_page(page, size) for page in layout.pages],
        "boxes": [_box(edition, page.number, box) for page in layout.pages for box in page.boxes],
    }
    return json.dumps(described, indent=2, ensure_ascii=False)


def _page(page: PageLayout, size: dict[str, float]) -> dict[str, Any]:
    fiducials = [
        {"slot": fiducial.slot, "x": fiducial.centre.x, "y": fiducial.centre.y, "side": fiducial.side_mm}
        for fiducial in page.fiducials
    ]
    return {"page": page.number, **size, "code": asdict(page.code), "fiducials": fiducials}


def _box(edition: Edition, page: int, box: BoxPlace) -> dict[str, Any]:
    option = edition.form.options[box.choice - 1]
    about = {"item": box.item_id, "choice": box.choice, "category": option.id, "value": option.weight}
    return {"page": page, **about, **asdict(box.rect)}
