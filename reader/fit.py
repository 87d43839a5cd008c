"""A picture and the pages it may be -> the boxes of each, looked for ever more thoroughly; and whether one fits."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kryds.model.page_code import marker_group
from kryds.model.reading import Reason
from kryds.reader.bend import follow_bend, unbent
from kryds.reader.fiducials import FoundFiducial, find_fiducials
from kryds.reader.lost_row import find_lost_rows
from kryds.reader.outline import placed_by_outlines, placed_by_rows
from kryds.reader.patches import BoxPatches, sample_boxes, to_ink
from kryds.reader.picture import Source
from kryds.reader.register import Candidate
from kryds.reader.row_off import is_flat, shows_ends
from kryds.reader.settings import ReaderSettings
from kryds.reader.snap import RegisteredPage, snap_boxes


def fit_boxes(source: Source, candidates: Sequence[Candidate], settings: ReaderSettings) -> list[RegisteredPage]:
    """The boxes of each candidate, looked for ever more thoroughly until one's are where they should be."""
    tried: list[list[RegisteredPage]] = []
    for found in _looks(source, candidates, settings):
        tried.append(found)
        if any(_is_trusted(each, source, settings) for each in found):
            return found
    return max(tried, key=lambda each: max(registered.seen for registered in each))


def misfit(
    fitted: Sequence[RegisteredPage], source: Source, settings: ReaderSettings, *, is_coded: bool
) -> Reason | None:
    """Why the best candidate cannot be trusted: its boxes are not there, or another's are there as well.

    Of a page whose code is read (``is_coded``) fewer boxes need to be seen: print may be worn until half of it is gone.
    """
    best = max(fitted, key=lambda registered: registered.fit)
    if not _is_trusted(best, source, settings):
        is_shown = best.fit >= settings.outline_page or (is_coded and best.seen >= settings.outline_coded)
        found = _all_fiducials(source, best.candidate, settings) if is_shown else ()
        if not is_flat(best.candidate, found, settings):
            return Reason("boxes_not_found")
    rivals = [other for other in fitted if other is not best and other.fit > settings.rival_fit * best.fit]
    return Reason("several_forms_fit") if rivals else None


def _looks(source: Source, candidates: Sequence[Candidate], settings: ReaderSettings) -> Iterator[list[RegisteredPage]]:
    """The boxes of each candidate: of a sheet in order, one bent, one whose lines are dots, one blurred, one worn."""
    yield [_registered(source, each, settings) for each in candidates]
    bent = [follow_bend(source, each, _all_fiducials(source, each, settings), settings) for each in candidates]
    yield [_registered(source, each, settings) for each in bent]
    yield [_registered(source, each, settings.looking_at_worn_print()) for each in candidates]
    patches = [(_boxes_of(source, each, settings), each) for each in bent]
    yield [placed_by_outlines(boxes, each, settings) for boxes, each in patches]
    yield [placed_by_rows(boxes, each, settings) for boxes, each in patches]


def _is_trusted(page: RegisteredPage, source: Source, settings: ReaderSettings) -> bool:
    """Whether so many boxes are where they should be that they cannot be those of the next rows."""
    if page.fit < settings.outline_page or page.seen < settings.outline_share:
        return False
    if page.has_ends:
        return True
    far, found = settings.looking_far(), replace(page.candidate, layout=page.layout_as_found)
    return shows_ends(_boxes_of(source, found, far), found, far)


def _boxes_of(source: Source, candidate: Candidate, settings: ReaderSettings) -> BoxPatches:
    picture, dark = source
    return to_ink(sample_boxes(picture, candidate.registration, candidate.layout, settings), dark, settings)


def _registered(source: Source, candidate: Candidate, settings: ReaderSettings) -> RegisteredPage:
    page = _snapped(source, candidate, settings)
    for _ in range(settings.unbent_times):
        if not (upright := unbent(page, candidate, settings)):
            break
        page = _snapped(source, upright, settings)
    return page


def _snapped(source: Source, candidate: Candidate, settings: ReaderSettings) -> RegisteredPage:
    page = snap_boxes(_boxes_of(source, candidate, settings), candidate, settings)
    return find_lost_rows(page, source, settings)


def _all_fiducials(source: Source, candidate: Candidate, settings: ReaderSettings) -> list[FoundFiducial]:
    """Every fiducial of the candidate that is to be found, where ordinary pages make do with four."""
    group = marker_group(candidate.edition.digest, candidate.layout.number)
    found = find_fiducials(source[0].reduced, settings.looking_far(), frozenset((group,)))
    return [each for each in found if each.group == group]
