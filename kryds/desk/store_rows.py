"""Files, readings, pictures and decisions as rows of the store's tables, and back."""

from dataclasses import dataclass, replace
from functools import cache
from typing import Annotated, Any

import sqlalchemy as sa
from pydantic import Field, TypeAdapter

from kryds.desk.decisions import Decision
from kryds.desk.scan_url import Location, location_of
from kryds.model.reading import AnswerState, BoxMeasurement, Mark, PageReading, PageState, PixelRect, Reason, RowCrop

#: A page by the SHA-256 of its file's bytes and its index (from 0).
PageKey = tuple[str, int]
#: A row's picture by source, page index (from 0) and item.
CropKey = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Stamp:
    """A store as it was at one moment: equal stamps, equal results. ``last`` is the number of the last decision."""

    pages: tuple[object, ...]
    last: int
    people: int


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A scan file as named in the tables; ``reason`` says why it could not be opened, then it has no ``sha256``."""

    source: str
    path: Location
    sha256: str
    pages: int
    reason: Reason | None = None


#: Where a row's JSON has nothing, so that a field read from there stays empty.
_NOWHERE = "-"


@dataclass(frozen=True, slots=True)
class PageAnswers(PageReading):
    """A page as read, but for its boxes: a fifth of the time to take from the store, and an eighth of the memory."""

    measurements: Annotated[tuple[BoxMeasurement, ...], Field(alias=_NOWHERE)] = ()
    marks: Annotated[tuple[Mark, ...], Field(alias=_NOWHERE)] = ()


READING = TypeAdapter(PageReading)
ANSWERS = TypeAdapter(PageAnswers)
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


def file_row(file: StoredFile, pile: str, position: int) -> dict[str, object]:
    """A file's row, at this position (from 1) in its pile."""
    return {
        "pile": pile,
        "position": position,
        "source": file.source,
        "path": str(file.path),
        "sha256": file.sha256,
        "pages": file.pages,
        "reason": REASON.dump_json(file.reason).decode(),
    }


def file_of(row: sa.Row[Any]) -> StoredFile:
    """A file, from its row."""
    return StoredFile(row.source, location_of(row.path), row.sha256, row.pages, reason_in(row.reason))


def decision_row(decision: Decision, pile: str, sha256: str) -> dict[str, object]:
    """A decision's row, about a page of the file with this SHA-256."""
    return {
        "pile": pile,
        "digest": decision.digest,
        "sheet": decision.sheet,
        "sha256": sha256,
        "page_index": decision.index,
        "item": decision.item_id,
        "state": decision.state.value,
        "choice": decision.choice,
        "who": decision.who,
        "decided_at": decision.when,
        "why": decision.why,
        "turn": decision.turn,
    }


def decision_of(row: sa.Row[Any], source: str) -> Decision:
    """A decision, from its row, about a page of the file called ``source``."""
    return Decision(
        digest=row.digest,
        sheet=row.sheet,
        source=source,
        index=row.page_index,
        item_id=row.item,
        state=AnswerState(row.state),
        choice=row.choice,
        who=row.who,
        when=row.decided_at,
        why=row.why,
        turn=row.turn,
        number=row.number,
    )
