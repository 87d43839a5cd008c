import numpy as np

from kryds.model.page_code import PageCode, marker_id
from kryds.model.reading import Reason
from kryds.reader.fiducials import FoundFiducial, find_fiducials
from kryds.reader.identify import Identity, identify_page, read_any_code
from kryds.reader.picture import picture_of
from kryds.reader.settings import DEFAULT
from tests.reader import drawn

EDITION = drawn.edition()
OTHER = drawn.edition(drawn.form(items=8))
EDITIONS = {EDITION.digest: EDITION, OTHER.digest: OTHER}


def identify(page: drawn.Gray, found: tuple[FoundFiducial, ...] | None = None) -> Identity | Reason:
    picture = picture_of(drawn.scan_page(page), DEFAULT)
    return identify_page(picture, found or find_fiducials(picture.reduced, DEFAULT), EDITIONS, DEFAULT)


def test_the_code_tells_edition_sheet_and_page() -> None:
    identity = identify(drawn.draw_page(OTHER, number=2, copy=31))

    assert isinstance(identity, Identity)
    assert identity.code == PageCode("drawn", OTHER.digest, "", 31, 2)
    assert [(c.edition.digest, c.layout.number) for c in identity.candidates] == [(OTHER.digest, 2)]


def test_a_blotted_code_is_read_after_cleaning_or_not_at_all() -> None:
    page = drawn.draw_page(EDITION)
    page[np.random.default_rng(3).random(page.shape) < 0.06] = 255
    identity = identify(page)

    assert isinstance(identity, Identity)
    assert identity.code == PageCode("drawn", EDITION.digest, "", 7, 1)


def test_a_code_with_holes_in_its_black_is_filled_and_read() -> None:
    identity = identify(drawn.hollowed(drawn.draw_page(EDITION)))

    assert isinstance(identity, Identity)
    assert identity.code == PageCode("drawn", EDITION.digest, "", 7, 1)


def test_without_a_code_the_fiducials_leave_the_candidates() -> None:
    identity = identify(drawn.draw_page(EDITION, without=("code",)))

    assert isinstance(identity, Identity)
    assert identity.code is None
    assert (EDITION.digest, 1) in [(c.edition.digest, c.layout.number) for c in identity.candidates]


def test_without_a_code_and_with_one_fiducial_nobody_knows() -> None:
    page = drawn.draw_page(EDITION, without=("code",))
    found = find_fiducials(picture_of(drawn.scan_page(page), DEFAULT).reduced, DEFAULT)
    reason = identify(page, found[:1])

    assert reason == Reason("too_few_fiducials", (("found", "1"),))


def test_fiducials_of_no_known_edition_and_no_code_are_unreadable() -> None:
    stranger = drawn.edition(drawn.form(form_id="fremmed"))

    assert identify(drawn.draw_page(stranger, without=("code",))) == Reason("unreadable_code")


def test_a_code_pasted_over_another_page_is_not_believed() -> None:
    page, two = drawn.draw_page(EDITION), drawn.draw_page(EDITION, number=2)
    corner = (slice(0, round(40 * drawn.PX_PER_MM)), slice(round(150 * drawn.PX_PER_MM), round(188 * drawn.PX_PER_MM)))
    page[corner] = two[corner]
    reason = identify(page)

    assert isinstance(reason, Reason)
    assert reason.kind == "code_contradicts_fiducials"


def test_a_code_without_a_usable_registration_says_which_page_to_scan_again() -> None:
    page = drawn.draw_page(EDITION)
    corners = np.array([(100, 100), (148, 100), (148, 148), (100, 148)], float)
    reason = identify(page, (FoundFiducial(marker_id(EDITION.digest, 1, 0), corners),))

    assert isinstance(reason, Reason)
    assert (reason.kind, dict(reason.values)["sheet"]) == ("not_registered", "7")


def test_a_code_anywhere_on_the_page_is_found() -> None:
    page = np.ascontiguousarray(np.rot90(drawn.draw_page(EDITION, copy=3), 1))

    assert read_any_code(picture_of(drawn.scan_page(page), DEFAULT)) == PageCode("drawn", EDITION.digest, "", 3, 1)
