"""The whole way in, from a scanned page to its answers. Only this file knows the order of the stages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from kryds.model.edition import Edition
from kryds.model.page_code import PageCode, marker_group
from kryds.model.reading import (
    SHEET_ITEM,
    Answer,
    BoxMeasurement,
    Mark,
    PageReading,
    PageState,
    Reason,
    RowCrop,
)
from kryds.reader.beside import doubt_passing, trust_beside
from kryds.reader.classify import classify_boxes, look_again
from kryds.reader.correction import doubt_filled, trust_corrections
from kryds.reader.crop import crop_rows
from kryds.reader.dirt import dismiss_dirt, dismiss_drops, doubt_drops, doubt_specks
from kryds.reader.drum import without_lines
from kryds.reader.faded import doubt_blanks, doubt_remains, doubt_traces, pen_ink
from kryds.reader.faint import doubt_faint_pen, trust_faint_pen
from kryds.reader.fiducials import find_fiducials
from kryds.reader.fit import fit_boxes, misfit
from kryds.reader.grain import is_bilevel
from kryds.reader.hand import doubt_letters, doubt_second_dots, trust_hand
from kryds.reader.hidden import doubt_hidden
from kryds.reader.identify import identify_page, read_any_code
from kryds.reader.manner import in_this_hand
from kryds.reader.measure import measure_boxes
from kryds.reader.midway import doubt_midway, doubt_reaching
from kryds.reader.picture import Picture, at_hand_of, picture_of
from kryds.reader.register import Registration, dark_reference
from kryds.reader.resolve import marks_as_judged, resolve_items, unsure_items
from kryds.reader.ring import trust_rings
from kryds.reader.scan import ScanPage
from kryds.reader.settings import DEFAULT, ReaderSettings
from kryds.reader.snap import LocatedPage
from kryds.reader.stray import doubt_stray
from kryds.reader.streak import doubt_streaks
from kryds.reader.struck import doubt_struck
from kryds.reader.trace import Trace, untraced
from kryds.reader.vacant import is_dark, is_vacant
from kryds.reader.words import dismiss_words, doubt_second_letters, doubt_words


@dataclass(frozen=True)
class PageRead:
    """A page's reading, and the pictures of its rows that await a person.

    ``seconds`` is what each stage took, by its name, if that was asked for.
    """

    reading: PageReading
    crops: tuple[RowCrop, ...] = ()
    seconds: Mapping[str, float] | None = field(default=None, compare=False)


def read_page(
    page: ScanPage, editions: Mapping[str, Edition], settings: ReaderSettings = DEFAULT, trace: Trace = untraced
) -> PageRead:
    """Reads one page with the editions known (by digest). Whatever is wrong with the paper is in the reading."""
    located = locate_page(page, editions, settings, trace)
    return located if isinstance(located, PageRead) else _decided(page, located, settings, trace)


def locate_page(
    page: ScanPage, editions: Mapping[str, Edition], settings: ReaderSettings = DEFAULT, trace: Trace = untraced
) -> LocatedPage | PageRead:
    """Finds out which page it is and where its boxes are; the finished reading when it is none that can be read."""
    with trace("reduce"):
        picture = without_lines(picture_of(page, settings))
    with trace("fiducials"):
        found = find_fiducials(picture.reduced, settings, _groups_of(editions))
    if not found:
        return _not_ours(page, picture, settings)
    with trace("identify"):
        identity = identify_page(picture, found, editions, settings)
    if isinstance(identity, Reason):
        return _left(page, PageState.UNREADABLE, identity)
    with trace("register"):
        dark = dark_reference(picture.at_hand, found)
        fitted = fit_boxes((picture, dark), identity.candidates, settings)
    best = max(fitted, key=lambda registered: registered.fit)
    if reason := misfit(fitted, (picture, dark), settings, is_coded=identity.code is not None):
        return _left(page, PageState.UNREADABLE, reason, identity.code)
    return LocatedPage(best, identity.code, picture, dark)


def _groups_of(editions: Mapping[str, Edition]) -> frozenset[int]:
    """The groups of fiducials that the pages of these editions wear."""
    pages = ((edition.digest, page.number) for edition in editions.values() for page in edition.layout.pages)
    return frozenset(marker_group(digest, number) for digest, number in pages)


def _decided(page: ScanPage, located: LocatedPage, settings: ReaderSettings, trace: Trace) -> PageRead:
    """Measure, then decide per box, then judge per item; where that is in doubt, look at its boxes again."""
    with trace("measure"):
        measurements = measure_boxes(located.registered, settings)
    with trace("classify"):
        seen = classify_boxes(located.registered, measurements, settings)
    with trace("resolve"):
        seen, marks, answers = _looked_at_closer(located, seen, measurements, settings)
        answers = trust_corrections(answers, marks, measurements, settings)
        bilevel = is_bilevel(located.picture.at_hand.gray, settings)
        answers = dismiss_dirt(answers, (marks, measurements), settings, bilevel=bilevel)
        answers = doubt_stray(answers, measurements, located, settings)
        if bilevel:
            answers = doubt_traces(answers, marks, measurements, settings)
        answers = trust_hand(answers, marks, measurements, settings)
        answers = doubt_remains(answers, marks, measurements, settings)
        answers = doubt_blanks(answers, measurements, settings, bilevel=bilevel)
        if not bilevel:
            answers = trust_faint_pen(answers, marks, measurements, settings)
        answers = doubt_faint_pen(answers, marks, settings)
        answers = doubt_filled(answers, marks, measurements, settings)
        answers = doubt_specks(answers, marks, measurements, settings)
        answers = doubt_drops(answers, marks, located.registered, settings)
        answers = dismiss_drops(answers, marks, located.registered, settings)
        answers = doubt_streaks(answers, located.registered, settings)
        answers = doubt_words(answers, marks, located, settings)
        answers = dismiss_words(answers, marks, located, settings)
        answers = doubt_second_letters(answers, (marks, measurements), located, settings)
        answers = doubt_struck(answers, measurements, located, settings)
        answers = doubt_second_dots(answers, marks, measurements, settings)
        answers = doubt_letters(answers, seen, measurements, settings)
        answers = doubt_midway(answers, measurements, located, settings)
        answers = doubt_reaching(answers, marks, measurements, settings)
        answers = trust_beside(answers, measurements, located, settings)
        answers = trust_rings(answers, (seen, measurements), located, settings)
        answers = doubt_passing(answers, measurements, located, settings)
        answers = doubt_hidden(answers, located.registered, settings)
    reading = replace(
        _placed(page, located, Reason("bilevel") if bilevel else None),
        pen_ink=pen_ink(answers, measurements, settings),
        measurements=measurements,
        marks=marks_as_judged(marks, answers),
        answers=answers,
    )
    with trace("crop"):
        crops = _crops(page, located, answers)
    return PageRead(reading, crops)


def _placed(page: ScanPage, located: LocatedPage, reason: Reason | None) -> PageReading:
    """The reading of a page of ours before anything on it is read: which page it is, and where."""
    candidate = located.registered.candidate
    registration = candidate.registration
    return replace(
        _reading(page, PageState.READ, reason, located.code),
        digest=candidate.edition.digest,
        number=candidate.layout.number,
        rotation_deg=registration.rotation_deg,
        dpi=round(page.dpi or registration.px_per_mm * 25.4, 1),
        residual_mm=round(registration.residual_mm, 3),
        mm_to_px=_at_pixel_edges(registration),
    )


def _crops(page: ScanPage, located: LocatedPage, answers: Sequence[Answer]) -> tuple[RowCrop, ...]:
    """The pictures of the rows that await a person, and of the page's head where its sheet is not known."""
    open_items = [answer.item_id for answer in answers if answer.is_open]
    open_items += [SHEET_ITEM] if located.code is None else []
    if not open_items:
        return ()
    registration, layout = located.registered.candidate.registration, located.registered.layout_as_found
    return tuple(crop_rows(at_hand_of(page), registration, layout, open_items))


def _looked_at_closer(
    located: LocatedPage, seen: tuple[Mark, ...], measurements: Sequence[BoxMeasurement], settings: ReaderSettings
) -> tuple[tuple[Mark, ...], tuple[Mark, ...], tuple[Answer, ...]]:
    """The marks as the networks see them, as by their hand, and the answers; where none is unsure, one look will do."""
    answers = resolve_items(seen, measurements, settings)
    unsure = unsure_items(answers, settings)
    if not unsure:
        return seen, seen, answers
    seen = look_again(located, seen, unsure, settings)
    marks = in_this_hand(seen, settings)
    return seen, marks, resolve_items(marks, measurements, settings)


def _at_pixel_edges(registration: Registration) -> tuple[float, ...]:
    """The homography with whole numbers at pixel edges, as the tables and the PDF count; OpenCV's are at centres."""
    half = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]])
    return tuple(float(number) for number in (half @ registration.mm_to_px).ravel())


def _not_ours(page: ScanPage, picture: Picture, settings: ReaderSettings) -> PageRead:
    """A page without a fiducial: an empty back side, one of ours that lost them all, or none of ours."""
    if is_dark(picture.reduced, settings):
        return _left(page, PageState.UNREADABLE, Reason("page_dark"))
    if is_vacant(picture.reduced, settings):
        return _left(page, PageState.BLANK, None)
    if code := read_any_code(picture):
        where = (("form", code.form_id), ("sheet", code.sheet or "–"), ("page", str(code.page)))
        return _left(page, PageState.UNREADABLE, Reason("fiducials_lost", where), code)
    return _left(page, PageState.FOREIGN, Reason("no_fiducials"))


def _left(page: ScanPage, state: PageState, reason: Reason | None, code: PageCode | None = None) -> PageRead:
    return PageRead(_reading(page, state, reason, code))


def _reading(page: ScanPage, state: PageState, reason: Reason | None, code: PageCode | None) -> PageReading:
    width, height = page.size_px
    return PageReading(
        source=page.source,
        index=page.index,
        state=state,
        reason=reason,
        code=code,
        dpi=page.dpi,
        width_px=width,
        height_px=height,
        px_to_pt=page.px_to_pt,
    )
