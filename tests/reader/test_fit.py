from dataclasses import replace

import numpy as np

from kryds.model.reading import Reason
from kryds.reader.fit import fit_boxes, misfit
from kryds.reader.picture import Source, picture_of
from kryds.reader.register import Candidate
from kryds.reader.settings import DEFAULT
from tests.reader import drawn
from tests.reader.test_bend import bent, flat_candidate

EDITION = drawn.edition(drawn.form(items=24))


def _fitted(page: drawn.Gray) -> tuple[Source, Candidate]:
    candidate, _ = flat_candidate(page, EDITION)
    return (picture_of(drawn.scan_page(page), DEFAULT), 0.0), candidate


def test_the_boxes_of_a_flat_page_are_where_its_fiducials_say() -> None:
    source, candidate = _fitted(drawn.draw_page(EDITION))
    (fitted,) = fit_boxes(source, [candidate], DEFAULT)

    assert fitted.candidate is candidate
    assert fitted.seen == 1
    assert misfit([fitted], source, DEFAULT, is_coded=True) is None


def test_the_boxes_of_a_bent_page_are_found_by_following_it() -> None:
    source, candidate = _fitted(bent(drawn.draw_page(EDITION), (0.0, 11.0)))
    (fitted,) = fit_boxes(source, [candidate], DEFAULT)

    assert fitted.candidate.registration.bent is not None
    assert misfit([fitted], source, DEFAULT, is_coded=True) is None


def test_a_page_without_its_boxes_does_not_fit() -> None:
    page = drawn.draw_page(EDITION)
    for box in EDITION.layout.pages[0].boxes:
        drawn.cover(page, box.rect)
    source, candidate = _fitted(page)
    fitted = fit_boxes(source, [candidate], DEFAULT)

    assert misfit(fitted, source, DEFAULT, is_coded=True) == Reason("boxes_not_found")


def test_of_two_candidates_whose_boxes_are_all_there_nobody_can_tell_which_it_is() -> None:
    source, candidate = _fitted(drawn.draw_page(EDITION))
    layout = candidate.layout
    other = replace(candidate, layout=replace(layout, boxes=layout.boxes[4:], rows=layout.rows[1:]))
    fitted = fit_boxes(source, [candidate, other], DEFAULT)

    assert [np.median(each.outline) > DEFAULT.outline_page for each in fitted] == [True, True]
    assert misfit(fitted, source, DEFAULT, is_coded=False) == Reason("several_forms_fit")
