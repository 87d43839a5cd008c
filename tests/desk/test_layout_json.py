import json

import pytest

from kryds.desk.layout_json import layout_json
from kryds.model.geometry import Paper
from tests.desk.piles import placed


def test_every_box_of_every_page_is_there_with_what_it_means() -> None:
    edition = placed("mus-leder").edition
    told = json.loads(layout_json(edition, Paper.A4))
    first = edition.layout.pages[0].boxes[0].rect

    assert [told[key] for key in ("form", "version", "language", "digest", "paper", "unit", "width", "height")] == [
        *("mus-leder", edition.form.version, "da", edition.digest, "a4", "mm", 210.0, 297.0)
    ]
    assert [len(page["boxes"]) for page in told["pages"]] == [60, 40]
    assert told["pages"][0]["boxes"][0] == {
        "page": 1,
        "item": "1.1",
        "choice": 1,
        "category": "aldrig",
        "value": 1,
        "x": first.x,
        "y": first.y,
        "width": first.width,
        "height": first.height,
    }
    assert [{box["page"] for box in page["boxes"]} for page in told["pages"]] == [{1}, {2}]


def test_a_page_tells_its_code_and_its_fiducials() -> None:
    edition = placed().edition
    [page] = json.loads(layout_json(edition, Paper.A4))["pages"]
    layout = edition.layout.pages[0]

    assert page["page"] == 1
    assert page["code"]["x"] == layout.code.x
    assert [mark["slot"] for mark in page["fiducials"]] == [0, 1, 2, 3, 4, 5]
    assert page["fiducials"][0]["side"] == pytest.approx(layout.fiducials[0].side_mm)
