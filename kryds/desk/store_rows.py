"""Readings and pictures as rows of the store's tables, and back."""

from dataclasses import replace
from functools import cache

from pydantic import TypeAdapter

from kryds.model.reading import PageReading, PageState, PixelRect, Reason, RowCrop

READING = TypeAdapter(PageReading)
BOXES = TypeAdapter(tuple[PixelRect, ...])
REASON = TypeAdapter[Reason | None](Reason | None)


def page_row(sha256: str, reading: PageReading) -> dict[str, object]:
    """A page's row."""
    return {
        "sha256": sha256,
        "page_index": reading.index,
        "kind": reading.reason.kind if reading.reason else "",
        "state": reading.state.value,
        "reading": READING.dump_json(reading).decode(),
    }


def crop_row(key: tuple[str, int], crop: RowCrop) -> dict[str, object]:
    """The row of a picture on the page with this SHA-256 and index."""
    boxes = BOXES.dump_json(crop.boxes).decode()
    return {"sha256": key[0], "page_index": key[1], "item": crop.item_id, "jpeg": crop.jpeg, "boxes": boxes}


def named(page: PageReading, source: str, original: str) -> PageReading:
    """The page under its file's present name."""
    if source == original:
        return replace(page, source=source)
    reason = Reason("read_before", (("source", original), ("page", str(page.index + 1))))
    return replace(page, source=source, state=PageState.DUPLICATE, reason=reason)


@cache
def reason_in(text: str) -> Reason | None:
    """A file's reason, from its row."""
    return REASON.validate_json(text)


def without_name(reading: str) -> str:
    """A page's reading, as it stands in its row, without the name its file had."""
    return READING.dump_json(replace(READING.validate_json(reading), source="")).decode()
