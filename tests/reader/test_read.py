import cv2
import numpy as np
import pytest

from kryds.model.reading import AnswerState, BoxState, PageState
from kryds.reader.read import PageRead, read_page
from tests.reader import drawn

EDITION = drawn.edition()
EDITIONS = {EDITION.digest: EDITION}


def marked() -> drawn.Gray:
    """Page 1 of sheet 7: 1.1 crossed in 2, 1.2 corrected from 1 to 4, 1.3 crossed twice."""
    page = drawn.draw_page(EDITION)
    drawn.cross(page, drawn.box_of(EDITION, "1.1", 2))
    drawn.fill(page, drawn.box_of(EDITION, "1.2", 1))
    drawn.cross(page, drawn.box_of(EDITION, "1.2", 4))
    drawn.cross(page, drawn.box_of(EDITION, "1.3", 1))
    drawn.cross(page, drawn.box_of(EDITION, "1.3", 3))
    return page


def read(gray: drawn.Gray) -> PageRead:
    return read_page(drawn.scan_page(gray), EDITIONS)


@pytest.mark.parametrize("quarter_turns", [0, 1, 2, 3])
def test_a_page_is_read_whichever_way_it_lies(quarter_turns: int) -> None:
    reading = read(np.rot90(marked(), quarter_turns)).reading

    assert [(a.item_id, a.state, a.choice) for a in reading.answers] == [
        ("1.1", AnswerState.ANSWERED, 2),
        ("1.2", AnswerState.CORRECTED, 4),
        ("1.3", AnswerState.MULTIPLE, None),
    ]
    assert reading.rotation_deg == 90 * quarter_turns


@pytest.mark.parametrize("degrees", [-3.0, 1.5, 3.0])
def test_a_skewed_page_gives_the_same_answers(degrees: float) -> None:
    assert [a.choice for a in read(drawn.turned(marked(), degrees)).reading.answers] == [2, 4, None]


@pytest.mark.parametrize("bulge_mm", [2.5, 4.0])
def test_a_page_that_bulges_where_no_fiducial_sees_it_gives_the_same_answers(bulge_mm: float) -> None:
    height, width = marked().shape
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    bent = y - np.float32(bulge_mm * drawn.PX_PER_MM) * np.sin(np.pi * x / width)
    page = cv2.remap(marked(), x, bent.astype(np.float32), cv2.INTER_LINEAR, borderValue=255)

    assert [a.choice for a in read(np.asarray(page, np.uint8)).reading.answers] == [2, 4, None]


def test_a_page_whose_box_lines_are_worn_to_dots_is_read() -> None:
    page = drawn.draw_page(EDITION)
    rows = slice(*(round(mm * drawn.PX_PER_MM) for mm in (57, 108)))
    page[rows] = drawn.worn(page, 0.5)[rows]
    for item, choice in (("1.1", 2), ("1.2", 4), ("1.3", 1)):
        drawn.cross(page, drawn.box_of(EDITION, item, choice), 0.9)
    reading = read(page).reading

    assert reading.state is PageState.READ
    assert [answer.choice for answer in reading.answers if answer.state is not AnswerState.DOUBTFUL] == [2, 4, 1]


def test_the_page_tells_which_sheet_it_is() -> None:
    reading = read(marked()).reading

    assert reading.state is PageState.READ
    assert reading.code is not None
    assert (reading.code.sheet, reading.number, reading.digest) == ("7", 1, EDITION.digest)


def test_boxes_are_found_where_they_are_printed() -> None:
    place, found = drawn.box_of(EDITION, "1.1", 1), read(marked()).reading.measurements[0].found

    assert found.x == pytest.approx(place.x * drawn.PX_PER_MM, abs=1)
    assert found.y == pytest.approx(place.y * drawn.PX_PER_MM, abs=1)
    assert found.width == pytest.approx(place.width * drawn.PX_PER_MM, abs=1)


def test_an_empty_page_is_blank_and_a_strange_one_is_foreign() -> None:
    empty = np.full((1754, 1240), 250, np.uint8)
    letter = empty.copy()
    cv2.putText(letter, "Kaere alle", (200, 400), cv2.FONT_HERSHEY_SIMPLEX, 4, 20, 12)

    assert read(empty).reading.state is PageState.BLANK
    assert read(letter).reading.state is PageState.FOREIGN


def test_a_black_page_is_unreadable_not_an_empty_back() -> None:
    reading = read(np.full((1754, 1240), 12, np.uint8)).reading

    assert reading.state is PageState.UNREADABLE
    assert reading.reason is not None
    assert reading.reason.kind == "page_dark"


@pytest.mark.parametrize("shape", [(1, 1), (1, 5000), (5000, 3), (90, 60)])
def test_a_scrap_of_a_picture_is_foreign(shape: tuple[int, int]) -> None:
    assert read(np.full(shape, 250, np.uint8)).reading.state is PageState.FOREIGN


@pytest.mark.parametrize("lost", [(0, 1), (0, 5), (4, 5), (2, 3), (0, 4), (1, 2)])
def test_any_two_lost_fiducials_leave_the_page_readable(lost: tuple[int, int]) -> None:
    page = drawn.draw_page(EDITION, without=lost)
    drawn.cross(page, drawn.box_of(EDITION, "1.1", 3))

    assert [a.choice for a in read(page).reading.answers] == [3, None, None]


def test_a_page_without_its_code_is_read_by_its_fiducials() -> None:
    page = drawn.draw_page(EDITION, without=("code",))
    drawn.cross(page, drawn.box_of(EDITION, "1.2", 1))
    reading = read(page).reading

    assert (reading.state, reading.code, reading.number) == (PageState.READ, None, 1)
    assert [a.choice for a in reading.answers] == [None, 1, None]


def test_a_page_of_an_unknown_edition_is_refused_with_its_name() -> None:
    other = drawn.edition(drawn.form(form_id="fremmed"))
    reading = read(drawn.draw_page(other)).reading

    assert reading.state is PageState.UNREADABLE
    assert reading.reason is not None
    assert reading.reason.kind == "unknown_edition"
    assert dict(reading.reason.values)["form"] == "fremmed"


def test_a_page_that_lost_its_fiducials_but_not_its_code_says_whose_it_is() -> None:
    reading = read(drawn.draw_page(EDITION, copy=12, without=range(6))).reading

    assert reading.state is PageState.UNREADABLE
    assert reading.reason is not None
    assert (reading.reason.kind, dict(reading.reason.values)["sheet"]) == ("fiducials_lost", "12")


def test_a_layout_whose_boxes_are_not_on_the_paper_is_not_read_with() -> None:
    page = drawn.draw_page(EDITION)
    page[round(55 * drawn.PX_PER_MM) : round(110 * drawn.PX_PER_MM)] = 255  # covered by a note
    reading = read(page).reading

    assert reading.reason is not None
    assert reading.reason.kind == "boxes_not_found"


def without_toner(rows: range, without: tuple[str, ...] = ()) -> PageRead:
    """A page of 12 rows crossed in 2, but for the fifth, of which these rows have lost their boxes' print."""
    edition = drawn.edition(drawn.form(items=24))
    page = drawn.draw_page(edition, without=without)
    for row in rows:
        for choice in (1, 2, 3, 4):
            drawn.cover(page, drawn.box_of(edition, f"1.{row}", choice))
    for row in (1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12):
        drawn.cross(page, drawn.box_of(edition, f"1.{row}", 2))
    return read_page(drawn.scan_page(page), {edition.digest: edition})


def test_where_its_code_tells_which_page_it_is_a_third_of_its_boxes_will_do() -> None:
    answers = without_toner(range(4, 12)).reading.answers

    assert [answer.choice for answer in answers] == [2, 2, 2, 2, None, 2, 2, 2, 2, 2, 2, 2]
    assert answers[4].reasons[0].kind == "boxes_hidden"


@pytest.mark.parametrize(("rows", "without"), [(range(4, 12), ("code",)), (range(2, 13), ())])
def test_without_its_code_or_with_fewer_boxes_it_is_refused(rows: range, without: tuple[str, ...]) -> None:
    reading = without_toner(rows, without).reading

    assert reading.reason is not None
    assert reading.reason.kind == "boxes_not_found"


def test_rows_that_await_a_person_come_with_their_picture() -> None:
    crops = read(marked()).crops

    assert [crop.item_id for crop in crops] == ["1.3"]
    picture = drawn.picture(crops[0])
    first = crops[0].boxes[0]
    box = picture[round(first.y) : round(first.y + first.height), round(first.x) : round(first.x + first.width)]
    assert box.min() < 120


def test_every_box_gets_a_verdict() -> None:
    states = {(m.item_id, m.choice): m.state for m in read(marked()).reading.marks}

    assert len(states) == 12
    assert states["1.2", 1] is BoxState.CANCELLED
    assert states["1.2", 2] is BoxState.EMPTY
