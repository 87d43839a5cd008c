"""The editions and rosters a pile may be of, nearest first: the store's own, those printed here, those named."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kryds.desk.archive import Archive
from kryds.desk.store import Store
from kryds.model.edition import Edition
from kryds.model.geometry import Paper
from kryds.model.load import bundled_forms, form_file, languages_of, load_form, load_phrases
from kryds.model.roster import Roster


@dataclass(frozen=True)
class Known:
    """Editions by digest, rosters by run."""

    editions: Mapping[str, Edition]
    rosters: Mapping[str, Roster]


def known_of(store: Store, archive: Archive, printed: Sequence[Path]) -> Known:
    """What is known before a page is looked at. Raises ArgumentError for a ``printed`` file that is none of ours."""
    editions = {edition.digest: edition for edition in archive.editions()}
    rosters = {roster.run: roster for roster in archive.rosters()}
    for path in printed:
        from kryds.desk.printed import open_printed  # noqa: PLC0415 - pypdf is for those who name a printed PDF

        found = open_printed(path)
        editions[found.edition.digest] = found.edition
        if found.roster:
            rosters[found.roster.run] = found.roster
    return Known(
        editions=editions | store.editions(),
        rosters=rosters | {roster.run: roster for roster in store.rosters()},
    )


def bundled_editions(wanted: Collection[str] | None = None) -> dict[str, Edition]:
    """The bundled forms (None: all) in each of their languages on each paper, placed now: a fifth of a second a form.

    Such an edition serves only where it is the very one that was printed: its fingerprint stands on the paper.
    """
    from kryds.generator.place import place_sheet  # noqa: PLC0415 - most piles are of editions known already

    editions = {}
    for name in bundled_forms():
        if wanted is not None and name not in wanted:
            continue
        path = form_file(name)
        for language in languages_of(path):
            for paper in Paper:
                edition = place_sheet(load_form(path, language), paper, load_phrases(language)).edition
                editions[edition.digest] = edition
    return editions
