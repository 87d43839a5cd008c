"""Pages into the store and out of it, however many: written as they come, taken out a portion at a time."""

from collections.abc import Iterator, Sequence
from dataclasses import fields, make_dataclass
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter

from kryds.desk import tables_of_store as t
from kryds.desk.store_rows import READING, PageKey, PageRow, StoredFile, crop_row, named
from kryds.model.reading import PageReading, PageState

#: Pages whose readings are in memory at once (17 kB each as JSON).
PORTION = 256
#: What is left out of a brief reading: nine tenths of it.
OF_BOXES = ("measurements", "marks")
_BRIEF: TypeAdapter[Any] = TypeAdapter(
    make_dataclass("_Brief", [(f.name, f.type, f) for f in fields(PageReading) if f.name not in OF_BOXES], slots=True)
)


def keep(connection: sa.Connection, rows: Sequence[PageRow]) -> None:
    """Writes what was read of pages, and the pictures; in place of what could not be read of them before."""
    known = _known(connection, rows)
    # What was tried again and gave nothing new is left alone: the store stays as it is, to the byte.
    new = [row for row in rows if known.get(row.key) != row.cells]
    for row in new:
        if row.key in known:
            for table in (t.crops, t.pages):
                connection.execute(sa.delete(table).where(_of(table, row.sha256, [row.index])))
    if new:
        connection.execute(sa.insert(t.pages), [row.cells for row in new])
    if crops := [crop_row(row.key, crop) for row in new for crop in row.crops]:
        connection.execute(sa.insert(t.crops), crops)


def pages_of(engine: sa.Engine, files: Sequence[StoredFile], *, brief: bool) -> Iterator[PageReading]:
    """Every page of the files that is read, in order; pages of a file that is there twice are duplicates of the first.

    ``brief``: without what was measured and found of every box.
    """
    first: dict[str, str] = {}
    for some, begin in _portions(files):
        readings = _readings(engine, some, begin)
        for file in some:
            if file.reason:
                yield PageReading(file.source, 0, PageState.UNREADABLE, file.reason)
                continue
            original = first.setdefault(file.sha256, file.source)
            for index in range(begin, min(begin + PORTION, file.pages)):
                if json := readings.get((file.sha256, index)):
                    yield named(_brief(json) if brief else READING.validate_json(json), file.source, original)


def _portions(files: Sequence[StoredFile]) -> Iterator[tuple[list[StoredFile], int]]:
    """Files that are small together, each from its first page on, or one that is not, from one of its pages on."""
    some: list[StoredFile] = []
    for file in files:
        if some and sum(each.pages for each in some) + file.pages > PORTION:
            yield some, 0
            some = []
        some.append(file)
        if file.pages > PORTION:
            yield from ((some, begin) for begin in range(0, file.pages, PORTION))
            some = []
    if some:
        yield some, 0


def _readings(engine: sa.Engine, files: Sequence[StoredFile], begin: int) -> dict[PageKey, str]:
    """The readings, as JSON, of a portion of pages."""
    columns = t.pages.c.sha256, t.pages.c.page_index, t.pages.c.reading
    query = sa.select(*columns).where(
        t.pages.c.sha256.in_({file.sha256 for file in files}),
        t.pages.c.page_index.between(begin, begin + PORTION - 1),
    )
    with engine.connect() as connection:
        return {(row.sha256, row.page_index): row.reading for row in connection.execute(query)}


def _brief(json: str) -> PageReading:
    read = _BRIEF.validate_json(json)
    return PageReading(**{name: getattr(read, name) for name in read.__slots__})


def _known(connection: sa.Connection, rows: Sequence[PageRow]) -> dict[PageKey, dict[str, object]]:
    """Those of the pages that are there already, as they are."""
    known = {}
    for sha256 in {row.sha256 for row in rows}:
        indices = [row.index for row in rows if row.sha256 == sha256]
        for found in connection.execute(sa.select(t.pages).where(_of(t.pages, sha256, indices))).mappings():
            known[sha256, found["page_index"]] = dict(found)
    return known


def _of(table: sa.Table, sha256: str, indices: Sequence[int]) -> sa.ColumnElement[bool]:
    return sa.and_(table.c.sha256 == sha256, table.c.page_index.in_(indices))
