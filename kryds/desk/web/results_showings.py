"""What readers were shown of a pile, kept so that no later showing tells a few people apart from it.

Who may open every sheet sees the result as it is at the moment. A reader sees it as it was when it last could be shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from pydantic import TypeAdapter

from kryds.desk import tables_of_desk as d
from kryds.desk import tables_of_store as t
from kryds.desk.store import StoredFile
from kryds.desk.web.register import Pile
from kryds.desk.web.results_groups import Division, FormSheets, People, groups_by
from kryds.model.form import Form
from kryds.model.reading import SheetReading
from kryds.scoring.showing import FormShown, GroupShown, holds, may_follow


@dataclass(frozen=True)
class Showing:
    """What was shown: the numbers, and whose answers they count; ``at`` is when, in UTC, ISO 8601."""

    at: str
    divisions: tuple[Division, ...]
    forms: tuple[FormShown, ...]


@dataclass(frozen=True)
class Showings:
    """Every showing of the desk, in its database."""

    engine: sa.Engine

    def last(self, pile: Pile) -> Showing | None:
        """What was last shown of a pile, of that which keeps to its smallest group as it is now."""
        query = sa.select(d.showings).where(d.showings.c.pile == pile.id).order_by(d.showings.c.number.desc())
        with self.engine.connect() as connection:
            for row in connection.execute(query):
                forms = _FORMS.validate_json(row.forms)
                if holds(forms, pile.min_group):
                    return Showing(row.at, _DIVISIONS.validate_json(row.divisions), forms)
        return None

    def show(self, pile: Pile, now: Showing) -> Showing | None:
        """What a reader sees: ``now`` if it may be shown, and is kept then; else what was last shown, if anything."""
        last = self.last(pile)
        if last and last.forms == now.forms and last.divisions == now.divisions:
            return last
        if not may_follow(self._before(pile.id), now.forms, pile.min_group):
            return last
        row = {
            "pile": pile.id,
            "at": now.at,
            "divisions": _DIVISIONS.dump_json(now.divisions).decode(),
            "forms": _FORMS.dump_json(now.forms).decode(),
        }
        with self.engine.begin() as connection:
            connection.execute(sa.insert(d.showings), [row])
        return now

    def _before(self, pile: str) -> list[FormShown]:
        """All that was shown of this pile, and of others made of the same scans."""
        own, others = t.files.alias(), t.files.alias()
        sharing = (
            sa.select(others.c.pile)
            .join(own, own.c.sha256 == others.c.sha256)
            .where(own.c.pile == pile, own.c.sha256 != "")
        )
        query = sa.select(d.showings.c.forms).where(sa.or_(d.showings.c.pile == pile, d.showings.c.pile.in_(sharing)))
        with self.engine.connect() as connection:
            return [form for text in connection.scalars(query) for form in _FORMS.validate_json(text)]


def showing_of(
    at: str, forms: Sequence[FormSheets], divided: tuple[Sequence[Division], People], files: Sequence[StoredFile]
) -> Showing:
    """What would be shown: ``divided`` are the divisions of ``forms``, and the people they were divided by."""
    divisions, people = divided
    sha256 = {file.source: file.sha256 for file in reversed(files)}
    shown = tuple(_form(form, number, (divisions, people), sha256) for number, form in enumerate(forms))
    # A column that makes no groups may be one of addresses: its values are not kept.
    told = tuple(division for division in divisions if division.makes_groups or not division.column)
    return Showing(at, told, shown)


def _form(
    form: FormSheets, number: int, divided: tuple[Sequence[Division], People], sha256: Mapping[str, str]
) -> FormShown:
    told = []
    for division in divided[0]:
        if division.withheld:
            continue
        groups, result = groups_by(form, division.column, divided[1]), division.results[number]
        for group in (*result.groups, *((result.whole,) if result.whole else ())):
            sheets = tuple(_key(sheet.reading, sha256) for name in group.names for sheet in groups[name])
            told.append(GroupShown(sheets, tuple(item.item_id for item in group.items if item.crosses is not None)))
    items = tuple(item.id for item in form.edition.form.items)
    answers = {_key(sheet.reading, sha256): _choices(form.edition.form, sheet.reading) for sheet in form.sheets}
    return FormShown(items, answers, tuple(dict.fromkeys(told)))


def _key(sheet: SheetReading, sha256: Mapping[str, str]) -> str:
    """A sheet by its first page, whichever pile it is in."""
    first = min(sheet.pages, key=lambda page: page.number)
    return f"{sha256[first.source][:16]}.{first.index}"


def _choices(form: Form, sheet: SheetReading) -> tuple[int | None, ...]:
    choices = {answer.item_id: answer.choice for answer in sheet.answers if answer.state.counts}
    return tuple(choices.get(item.id) for item in form.items)


_DIVISIONS = TypeAdapter(tuple[Division, ...])
_FORMS = TypeAdapter(tuple[FormShown, ...])
