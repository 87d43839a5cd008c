"""The piles on the desk: a pile is a reading with a name, whose scans and answers the store keeps under its id."""

import secrets
from dataclasses import dataclass

import sqlalchemy as sa

from kryds.desk import tables_of_desk as t
from kryds.scoring.anonymity import MIN_GROUP

#: Bytes of chance in a pile's id: it stands in addresses and names of folders.
ID_BYTES = 9
#: The longest name of a pile, in letters.
MAX_NAME = 120


@dataclass(frozen=True, slots=True)
class Pile:
    """A pile; ``people`` is how many settle each answer, 1 or 2, ``keep_days`` how long scans and names are kept.

    ``min_group`` is how many sheets a group must have to be shown.
    ``created`` and ``stripped`` (when scans and names were dropped) are times in UTC, ISO 8601.
    """

    id: str
    name: str
    created: str
    people: int = 1
    keep_days: int | None = None
    stripped: str | None = None
    min_group: int = MIN_GROUP


class Register:
    """The piles in the desk's database."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def piles(self) -> tuple[Pile, ...]:
        """Every pile, the newest first."""
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(t.piles).order_by(t.piles.c.created.desc(), t.piles.c.id)).all()
        return tuple(_pile(row) for row in rows)

    def find(self, pile_id: str) -> Pile | None:
        """The pile with this id; what cannot be one is not asked of the database, which may refuse its letters."""
        if not pile_id.isalnum():
            return None
        with self._engine.connect() as connection:
            row = connection.execute(sa.select(t.piles).where(t.piles.c.id == pile_id)).one_or_none()
        return _pile(row) if row else None

    def add(self, name: str, created: str) -> Pile:
        """A new, empty pile."""
        pile = Pile(secrets.token_hex(ID_BYTES), name, created)
        with self._engine.begin() as connection:
            connection.execute(sa.insert(t.piles), [{"id": pile.id, "name": name, "created": created}])
        return pile

    def change(self, pile: Pile, **values: object) -> None:
        """Gives the pile another name, number of people, time to be kept or smallest group."""
        with self._engine.begin() as connection:
            connection.execute(sa.update(t.piles).where(t.piles.c.id == pile.id).values(**values))


def plain_name(text: str, limit: int = MAX_NAME) -> str:
    """A name as one line of letters that can be shown, at most ``limit`` long; may come out empty."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:limit].strip()


def _pile(row: sa.Row[tuple[object, ...]]) -> Pile:
    return Pile(row.id, row.name, row.created, row.people, row.keep_days, row.stripped, row.min_group)
