from dataclasses import replace

import cv2
import numpy as np
import pytest

from kryds.model.edition import Edition
from kryds.model.reading import AnswerState
from kryds.reader.bend import follow_bend
from kryds.reader.fiducials import FoundFiducial, find_fiducials
from kryds.reader.measure import measure_boxes
from kryds.reader.picture import picture_of
from kryds.reader.read import locate_page, read_page
from kryds.reader.register import Candidate, register_page
from kryds.reader.settings import DEFAULT
from kryds.reader.snap import LocatedPage
from tests.reader import drawn

EDITION = drawn.edition(drawn.form(items=24))
LAYOUT = EDITION.layout.pages[0]
FAR = DEFAULT.looking_far()


def bent(page: drawn.Gray, curl_mm: tuple[float, float], bulge_mm: tuple[float, float] = (0.0, 0.0)) -> drawn.Gray:
    """The page with its middle moved right and down by ``curl_mm`` from edge to edge, and by ``bulge_mm`` inside."""
    height, width = page.shape
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    down, across = np.sin(np.pi * y / height), np.sin(np.pi * x / width)
    way_x, way_y = (
        (curl * down + bulge * down * across) * drawn.PX_PER_MM for curl, bulge in zip(curl_mm, bulge_mm, strict=True)
    )
    moved = cv2.remap(page, (x - way_x).astype(np.float32), (y - way_y).astype(np.float32), cv2.INTER_LINEAR)
    return np.asarray(moved, np.uint8)


def flat_candidate(page: drawn.Gray, edition: Edition = EDITION) -> tuple[Candidate, tuple[FoundFiducial, ...]]:
    """The page as four fiducials in its corners place it, and all that are found."""
    found = find_fiducials(picture_of(drawn.scan_page(page), FAR).reduced, FAR)
    registration = register_page([each for each in found if each.slot not in (2, 3)], edition.layout.pages[0], DEFAULT)
    assert registration is not None
    return Candidate(edition, edition.layout.pages[0], registration), found


def followed_mm(page: drawn.Gray, found: slice = slice(None)) -> tuple[np.ndarray, np.ndarray]:
    """Where the boxes are after the page's bend was followed from ``found`` of its fiducials, and where they were."""
    candidate, all_found = flat_candidate(page)
    source = picture_of(drawn.scan_page(page), DEFAULT), 0.0
    return follow_bend(source, candidate, all_found[found], DEFAULT).middles_mm, candidate.middles_mm


def curled_mm(curl_mm: tuple[float, float]) -> np.ndarray:
    """About how far the boxes of a page curled so stand from where its corners say."""
    flat = np.array([fiducial.centre.y for fiducial in LAYOUT.fiducials[:1]] + [b.rect.centre.y for b in LAYOUT.boxes])
    seen = flat
    for _ in range(20):
        seen = flat + curl_mm[1] * np.sin(np.pi * seen / drawn.HEIGHT_MM)
    down = np.sin(np.pi * seen / drawn.HEIGHT_MM)
    return np.outer(down[1:] - down[0], curl_mm)


@pytest.mark.parametrize("curl_mm", [(5.0, -6.0), (-4.0, 11.0), (0.0, 14.0)])
def test_every_box_is_found_where_its_neighbours_say(curl_mm: tuple[float, float]) -> None:
    page = drawn.draw_page(EDITION)
    drawn.cross(page, drawn.box_of(EDITION, "1.2", 2), 0.8)
    drawn.fill(page, drawn.box_of(EDITION, "1.3", 1))
    found, flat = followed_mm(bent(page, curl_mm))

    assert found - flat == pytest.approx(curled_mm(curl_mm), abs=0.9)


def test_boxes_without_an_outline_are_where_the_others_say() -> None:
    page = drawn.draw_page(EDITION)
    hidden = [(item, choice) for item in ("1.6", "1.7") for choice in (2, 3)]
    for item, choice in hidden:
        drawn.fill(page, drawn.box_of(EDITION, item, choice))
    found, flat = followed_mm(bent(page, (0.0, 8.0)))

    places = [i for i, box in enumerate(LAYOUT.boxes) if (box.item_id, box.choice) in hidden]
    assert (found - flat)[places] == pytest.approx(curled_mm((0.0, 8.0))[places], abs=0.9)


def test_a_page_that_lies_flat_stays_as_it_is_and_so_does_one_without_fiducials() -> None:
    page = drawn.draw_page(EDITION)
    found, flat = followed_mm(page)
    unmoved, _ = followed_mm(page, slice(0))

    assert found == pytest.approx(flat, abs=0.3)
    assert (unmoved == flat).all()


def test_a_page_without_boxes_stays_as_it_is() -> None:
    page = drawn.draw_page(EDITION)
    candidate, found = flat_candidate(page)
    bare = replace(candidate, layout=replace(LAYOUT, boxes=()))

    assert follow_bend((picture_of(drawn.scan_page(page), DEFAULT), 0.0), bare, found, DEFAULT) == bare


@pytest.mark.parametrize(("curl_mm", "bulge_mm"), [((5.0, -6.0), (0.0, 0.0)), ((-4.0, 4.0), (1.0, 3.0))])
def test_a_page_that_curls_is_read_and_its_rows_are_shown_whole(
    curl_mm: tuple[float, float], bulge_mm: tuple[float, float]
) -> None:
    edition = drawn.edition()
    page = drawn.draw_page(edition)
    for item, choice in (("1.1", 2), ("1.2", 4), ("1.3", 1), ("1.3", 3)):
        drawn.cross(page, drawn.box_of(edition, item, choice), 0.7)
    read = read_page(drawn.scan_page(bent(page, curl_mm, bulge_mm)), {edition.digest: edition})
    (crop,) = read.crops

    assert [(a.state, a.choice) for a in read.reading.answers] == [
        (AnswerState.ANSWERED, 2),
        (AnswerState.ANSWERED, 4),
        (AnswerState.MULTIPLE, None),
    ]
    for place in (0, 2):
        box = crop.boxes[place]
        inside = drawn.picture(crop)[round(box.y) : round(box.y + box.height), round(box.x) : round(box.x + box.width)]
        assert 0.1 < (inside < drawn.PRINTED).mean() < 0.6


@pytest.mark.parametrize("bulge_mm", [1.7, 3.5], ids=["all boxes seen at once", "some seen only after the others"])
def test_a_box_that_stands_aside_is_looked_at_in_the_middle_of_its_patch(bulge_mm: float) -> None:
    page = bent(drawn.draw_page(EDITION), (0.0, 0.0), (0.0, bulge_mm))
    located = locate_page(drawn.scan_page(page), {EDITION.digest: EDITION})

    assert isinstance(located, LocatedPage)
    registered = located.registered
    assert np.abs(registered.layout_as_found.boxes[20].rect.y - LAYOUT.boxes[20].rect.y) > 1.2
    assert np.abs(registered.offset_mm).max() < DEFAULT.aside_mm
    assert max(box.spill_ink for box in measure_boxes(registered, DEFAULT)) == 0
