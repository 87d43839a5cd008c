"""Forgetting what is in the database: a whole pile, or only what tells who answered.

What a scan says is kept once for its bytes, and a roster once for its run, whichever piles they are of: what another
pile is made of too stays for that one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath

import sqlalchemy as sa

from kryds.desk import tables_of_desk as d
from kryds.desk import tables_of_store as t
from kryds.desk.store import Store
from kryds.desk.store_rows import without_name

#: Tables whose rows are gone from the disk only when their files are written anew.
LEFT_BEHIND = ("files", "pages", "crops", "decisions", "rosters", "uploads", "showings")


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much was deleted; ``runs`` are the rosters whose names are gone."""

    pages: int
    crops: int
    decisions: int
    names: int
    runs: tuple[str, ...]


def forget_reading(store: Store, others: Iterable[Store]) -> Forgotten:
    """Deletes the files, pages, pictures, decisions and names of this reading; ``others`` are those beside it."""
    runs, names = _own_runs(store, others)
    own = _own_files(store)
    with store.engine.begin() as connection:
        _write_over(connection)
        crops = connection.execute(sa.delete(t.crops).where(t.crops.c.sha256.in_(own))).rowcount
        pages = connection.execute(sa.delete(t.pages).where(t.pages.c.sha256.in_(own))).rowcount
        decisions = connection.execute(sa.delete(t.decisions).where(t.decisions.c.pile == store.pile)).rowcount
        connection.execute(sa.delete(t.files).where(t.files.c.pile == store.pile))
        connection.execute(sa.delete(t.rosters).where(t.rosters.c.run.in_(runs)))
        connection.execute(sa.delete(d.uploads).where(d.uploads.c.pile == store.pile))
        connection.execute(sa.delete(d.jobs).where(d.jobs.c.pile == store.pile))
        connection.execute(sa.delete(d.showings).where(d.showings.c.pile == store.pile))
        connection.execute(sa.delete(d.piles).where(d.piles.c.id == store.pile))
    _clean_up(store.engine)
    return Forgotten(pages, crops, decisions, names, runs)


def forget_people(store: Store, others: Iterable[Store], moment: str) -> Forgotten:
    """Deletes pictures and names, also those that files are called by; answers and decisions stay."""
    runs, names = _own_runs(store, others)
    own = _own_files(store)
    with store.engine.begin() as connection:
        _write_over(connection)
        crops = connection.execute(sa.delete(t.crops).where(t.crops.c.sha256.in_(own))).rowcount
        connection.execute(sa.delete(t.rosters).where(t.rosters.c.run.in_(runs)))
        connection.execute(sa.delete(d.uploads).where(d.uploads.c.pile == store.pile))
        connection.execute(sa.update(d.piles).where(d.piles.c.id == store.pile).values(stripped=moment))
        for row in connection.execute(sa.select(t.pages).where(t.pages.c.sha256.in_(own))).all():
            at = sa.and_(t.pages.c.sha256 == row.sha256, t.pages.c.page_index == row.page_index)
            connection.execute(sa.update(t.pages).where(at).values(reading=without_name(row.reading)))
        _rename_files(connection, store.pile)
    _clean_up(store.engine)
    return Forgotten(0, crops, 0, names, runs)


def _own_files(store: Store) -> list[str]:
    """The files, by their SHA-256, that no other reading is made of."""
    own, others = t.files.alias(), t.files.alias()
    elsewhere = sa.select(others.c.sha256).where(others.c.pile != store.pile)
    query = sa.select(own.c.sha256).where(own.c.pile == store.pile, own.c.sha256.not_in(elsewhere)).distinct()
    with store.engine.connect() as connection:
        return list(connection.scalars(query))


def _own_runs(store: Store, others: Iterable[Store]) -> tuple[tuple[str, ...], int]:
    """The runs of rosters that no other reading has sheets of, and how many people are in them."""
    runs = _runs(store)
    for other in others:
        runs -= _runs(other) if runs else set()
    people = sum(len(roster.people) for roster in store.rosters() if roster.run in runs)
    return tuple(sorted(runs)), people


def _runs(store: Store) -> set[str]:
    return {page.code.run for page in store.each_page(brief=True) if page.code and page.code.run}


def _rename_files(connection: sa.Connection, pile: str) -> None:
    """Files are called by their number; where a decision's question names one, it does so by the new name."""
    for row in connection.execute(sa.select(t.files).where(t.files.c.pile == pile)).all():
        plain = f"scan-{row.position}{PurePath(row.path).suffix}"
        at = sa.and_(t.files.c.pile == pile, t.files.c.position == row.position)
        connection.execute(sa.update(t.files).where(at).values(source=plain))
        named = sa.and_(t.decisions.c.pile == pile, t.decisions.c.why.contains(row.source, autoescape=True))
        why = sa.func.replace(t.decisions.c.why, row.source, plain)
        connection.execute(sa.update(t.decisions).where(named).values(why=why))


def _write_over(connection: sa.Connection) -> None:
    """What is deleted is written over, where the database can."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete = ON")


def _clean_up(engine: sa.Engine) -> None:
    """Writes the tables' files anew, so that nothing deleted is left in them."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("VACUUM")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            for table in LEFT_BEHIND:
                connection.exec_driver_sql(f"VACUUM FULL {table}")
