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
    described = {
        "form": form.id,
        "version": form.version,
        "language": form.language,
        "digest": edition.digest,
        "paper": paper.value,
        "unit": "mm",
        "width": layout.width_mm,
        "height": layout.height_mm,
        "pages": [_page(edition, page) for page in layout.pages],
    }
    return json.dumps(described, indent=2, ensure_ascii=False)


def _page(edition: Edition, page: PageLayout) -> dict[str, Any]:
    fiducials = [
        {"slot": fiducial.slot, "x": fiducial.centre.x, "y": fiducial.centre.y, "side": fiducial.side_mm}
        for fiducial in page.fiducials
    ]
    boxes = [_box(edition, page.number, box) for box in page.boxes]
    return {"page": page.number, "code": asdict(page.code), "fiducials": fiducials, "boxes": boxes}


def _box(edition: Edition, page: int, box: BoxPlace) -> dict[str, Any]:
    option = edition.form.options[box.choice - 1]
    about = {"item": box.item_id, "choice": box.choice, "category": option.id, "value": option.weight}
    return {"page": page, **about, **asdict(box.rect)}
