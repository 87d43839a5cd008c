"""The store: what was read (never changed) and what reviewers decided (only ever added to).

SQLite in the results' folder, or another database by its URL, which may hold many piles: what a scan says is kept once
for its bytes; which files a pile is of, and what was decided about them, is its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import sqlalchemy as sa

from kryds.desk import store_pages
from kryds.desk import tables_of_desk as d
from kryds.desk import tables_of_store as t
from kryds.desk.database import connected
from kryds.desk.decisions import Decision
from kryds.desk.store_rows import (
    BOXES,
    READING,
    CropKey,
    PageKey,
    PageRow,
    Stamp,
    StoredFile,
    crop_row,
    decision_of,
    decision_row,
    file_of,
    file_row,
)
from kryds.model.edition import Edition
from kryds.model.reading import PageReading, RowCrop
from kryds.model.roster import Roster

if TYPE_CHECKING:
    from kryds.reader.read import PageRead

__all__ = ["STORE_FILE", "CropKey", "PageKey", "PageRow", "Stamp", "Store", "StoredFile"]

#: The store in the results' folder.
STORE_FILE = "kryds.db"


class Store:
    """One reading's store. Use as a context manager; every method is its own transaction.

    ``pile`` tells the reading from others in the same database. Every method raises ArgumentError when the database
    cannot be reached, is full or may not be written.
    """

    def __init__(self, database: str | sa.Engine, pile: str = "") -> None:
        self._engine = connected(database) if isinstance(database, str) else database
        self._is_own_engine = isinstance(database, str)
        self._pile = pile

    @property
    def engine(self) -> sa.Engine:
        """Its database."""
        return self._engine

    @property
    def pile(self) -> str:
        """What tells this reading from others in the same database."""
        return self._pile

    @staticmethod
    def of_folder(out: Path, url: str | None = None) -> "Store":
        """The store of the results in ``out``, or that folder's pile in the one ``url`` names."""
        # The folder's own store names no pile, so that the folder may be moved.
        return Store(url, str(out.resolve())) if url else Store(f"sqlite:///{(out / STORE_FILE).resolve()}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the database, if it was opened for this store alone."""
        if self._is_own_engine:
            self._engine.dispose()

    def people(self) -> int:
        """How many people settle each answer of this reading: 2 only where the desk was told so."""
        with self._engine.connect() as connection:
            return connection.scalar(sa.select(d.piles.c.people).where(d.piles.c.id == self._pile)) or 1

    def stamp(self) -> Stamp:
        """Tells whether anything was read or decided since."""
        ours = self._is_ours(t.pages)
        kinds = sa.select(t.pages.c.kind, sa.func.count()).where(ours).group_by(t.pages.c.kind).order_by(t.pages.c.kind)
        files = sa.select(t.files.c.source, t.files.c.sha256, t.files.c.reason).where(t.files.c.pile == self._pile)
        last = sa.select(sa.func.max(t.decisions.c.number)).where(t.decisions.c.pile == self._pile)
        rosters = sa.select(sa.func.count()).select_from(t.rosters)
        with self._engine.connect() as connection:
            pages = tuple(
                tuple(map(tuple, connection.execute(query).all()))
                for query in (kinds, files.order_by(t.files.c.position), rosters)
            )
            return Stamp(pages, connection.scalar(last) or 0, self.people())

    def editions(self) -> dict[str, Edition]:
        """The editions the pages were read with, by digest."""
        rows = self._rows(sa.select(t.editions).order_by(t.editions.c.digest))
        return {row.digest: Edition.from_json(row.edition, f"the store's edition {row.digest}") for row in rows}

    def rosters(self) -> tuple[Roster, ...]:
        """The rosters whose sheets were read; none once this reading's names were dropped."""
        dropped = sa.select(d.piles.c.id).where(d.piles.c.id == self._pile, d.piles.c.stripped.is_not(None))
        if self._rows(dropped):
            return ()
        rows = self._rows(sa.select(t.rosters).order_by(t.rosters.c.run))
        return tuple(Roster.from_json(row.roster, f"the store's roster {row.run}") for row in rows)

    def keep_editions(self, editions: Mapping[str, Edition]) -> None:
        """Adds the editions that are not there yet."""
        if not editions:
            return
        known = {row.digest for row in self._rows(sa.select(t.editions.c.digest))}
        new = [{"digest": digest, "edition": editions[digest].to_json()} for digest in sorted(editions.keys() - known)]
        self._add(t.editions, new)

    def keep_rosters(self, rosters: Mapping[str, Roster]) -> None:
        """Adds the rosters, by run, that are not there yet."""
        if not rosters:
            return
        known = {row.run for row in self._rows(sa.select(t.rosters.c.run))}
        self._add(t.rosters, [{"run": run, "roster": rosters[run].to_json()} for run in sorted(rosters.keys() - known)])

    def files(self) -> tuple[StoredFile, ...]:
        """The scan files in the order they were first named."""
        rows = self._rows(sa.select(t.files).where(t.files.c.pile == self._pile).order_by(t.files.c.position))
        return tuple(file_of(row) for row in rows)

    def keep_files(self, files: Sequence[StoredFile]) -> None:
        """Makes ``files`` the files of this reading; what was read of others stays and is no longer asked for."""
        if files == self.files():
            return
        rows = [file_row(file, self._pile, position) for position, file in enumerate(files, start=1)]
        with self._engine.begin() as connection:
            connection.execute(sa.delete(t.files).where(t.files.c.pile == self._pile))
            if rows:
                connection.execute(sa.insert(t.files), rows)

    def keys_read(self, *, unless: Sequence[str] = ()) -> set[PageKey]:
        """The pages read already, but for those whose reason is of one of the kinds ``unless``."""
        query = sa.select(t.pages.c.sha256, t.pages.c.page_index).where(t.pages.c.kind.not_in(unless))
        return {(row.sha256, row.page_index) for row in self._rows(query)}

    def keep_pages(self, sha256: str, pages: Sequence["PageRead"]) -> None:
        """Keeps what was read of a file; as ``keep_rows``."""
        self.keep_rows([PageRow.of(sha256, page.reading, page.crops) for page in pages])

    def keep_rows(self, rows: Sequence[PageRow]) -> None:
        """Keeps what was read of pages, and the pictures; in place of what could not be read of them before."""
        if not rows:
            return
        with self._engine.begin() as connection:
            store_pages.keep(connection, rows)

    def pages(self) -> tuple[PageReading, ...]:
        """``each_page``, all at once."""
        return tuple(self.each_page())

    def each_page(self, *, brief: bool = False) -> Iterator[PageReading]:
        """Every page of every file, in order; pages of a file that is there twice are duplicates of the first.

        A page that is not read yet is not among them. ``brief``: without what was measured and found of every box.
        """
        return store_pages.pages_of(self._engine, self.files(), brief=brief)

    def states(self, *, unless: Sequence[str] = ()) -> dict[PageKey, str]:
        """What became of every page that is read, but for those whose reason is of one of the kinds ``unless``."""
        query = sa.select(t.pages.c.sha256, t.pages.c.page_index, t.pages.c.state)
        query = query.where(self._is_ours(t.pages), t.pages.c.kind.not_in(unless))
        return {(row.sha256, row.page_index): row.state for row in self._rows(query)}

    def page(self, key: PageKey) -> PageReading | None:
        """One page as it was read, under the name its file had then."""
        at = sa.and_(t.pages.c.sha256 == key[0], t.pages.c.page_index == key[1])
        row = next(iter(self._rows(sa.select(t.pages.c.reading).where(at))), None)
        return READING.validate_json(row.reading) if row else None

    def rotation(self, key: PageKey) -> int:
        """How far a page must be turned clockwise to stand upright (0, 90, 180, 270); 0 where nobody knows."""
        page = self.page(key)
        return page.rotation_deg if page else 0

    def crop(self, key: PageKey, item_id: str) -> RowCrop | None:
        """The picture of one row."""
        at = sa.and_(t.crops.c.sha256 == key[0], t.crops.c.page_index == key[1], t.crops.c.item == item_id)
        row = next(iter(self._rows(sa.select(t.crops).where(at))), None)
        return RowCrop(row.item, row.jpeg, BOXES.validate_json(row.boxes)) if row else None

    def crops(self) -> dict[CropKey, RowCrop]:
        """The pictures of the rows that await, or awaited, a person."""
        sources = self._sources()
        own = sa.select(t.crops).where(self._is_ours(t.crops))
        return {
            (sources[row.sha256], row.page_index, row.item): RowCrop(row.item, row.jpeg, BOXES.validate_json(row.boxes))
            for row in self._rows(own.order_by(t.crops.c.sha256, t.crops.c.page_index, t.crops.c.item))
        }

    def keys_of_crops(self) -> set[CropKey]:
        """Which rows there are pictures of."""
        sources = self._sources()
        own = sa.select(t.crops.c.sha256, t.crops.c.page_index, t.crops.c.item).where(self._is_ours(t.crops))
        return {(sources[row.sha256], row.page_index, row.item) for row in self._rows(own)}

    def keep_crops(self, key: PageKey, crops: Sequence[RowCrop]) -> None:
        """Adds pictures of rows of a page that was read before."""
        self._add(t.crops, [crop_row(key, crop) for crop in crops])

    def decisions(self, after: int = 0, item_id: str = "") -> tuple[Decision, ...]:
        """What reviewers decided about the files of this reading, in the order they did.

        Only those after a number, and if there is an ``item_id``, only about that item.
        """
        sources = self._sources()
        own = sa.select(t.decisions).where(t.decisions.c.pile == self._pile, t.decisions.c.number > after)
        own = own.where(t.decisions.c.item == item_id) if item_id else own
        own = own.order_by(t.decisions.c.number)
        return tuple(decision_of(row, sources[row.sha256]) for row in self._rows(own) if row.sha256 in sources)

    def decide(self, decision: Decision, after: int | None = None) -> bool:
        """Adds a decision. KeyError when this reading has no such source.

        ``after`` is the number of the last decision on the item, in its turn, that the person has seen (0: none). Has
        another been added since, nothing is added, and False is returned. None: the decision follows whatever is there.
        """
        row = decision_row(decision, self._pile, self.key_of(decision.source, decision.index)[0])
        about = [t.decisions.c[name] == row[name] for name in ("pile", "sha256", "page_index", "item", "turn")]
        last = sa.select(sa.func.coalesce(sa.func.max(t.decisions.c.number), 0)).where(*about)
        try:
            with self._engine.begin() as connection:
                latest = connection.scalar(last)
                if after is not None and latest != after:
                    return False
                connection.execute(sa.insert(t.decisions), [row | {"follows": latest}])
        except sa.exc.IntegrityError:  # another was sooner, between the two statements
            return False if after is not None else self.decide(decision)
        return True

    def key_of(self, source: str, index: int) -> PageKey:
        """The page by what is in it, rather than its name. KeyError when this reading has no such source."""
        return {name: sha256 for sha256, name in self._sources().items()}[source], index

    def _sources(self) -> dict[str, str]:
        """The name in the tables by the file's SHA-256; of a file that is there twice, the first."""
        sources: dict[str, str] = {}
        for file in self.files():
            if not file.reason:
                sources.setdefault(file.sha256, file.source)
        return sources

    def _is_ours(self, table: sa.Table) -> sa.ColumnElement[bool]:
        """Whether a row is of a file of this reading."""
        opened = sa.and_(t.files.c.pile == self._pile, t.files.c.sha256 != "")
        return table.c.sha256.in_(sa.select(t.files.c.sha256).where(opened))

    def _rows(self, query: sa.Select[Any]) -> Sequence[sa.Row[Any]]:
        with self._engine.connect() as connection:
            return connection.execute(query).all()

    def _add(self, table: sa.Table, rows: Sequence[Mapping[str, object]]) -> None:
        if rows:
            with self._engine.begin() as connection:
                connection.execute(sa.insert(table), rows)
