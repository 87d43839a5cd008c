from kryds.desk.web.row_picture import Picture, picture_of
from kryds.model.reading import PixelRect, RowCrop
from tests.desk.web.desks import BOXES, row_picture


def test_the_narrow_picture_reaches_from_the_first_box_to_the_last() -> None:
    picture = picture_of(RowCrop("1.1", row_picture(0), BOXES))

    assert picture is not None
    assert (picture.width, picture.height) == (800, 80)
    assert picture.narrow.x < BOXES[0].x
    assert BOXES[-1].x + BOXES[-1].width < picture.narrow.x + picture.narrow.width <= picture.width


def test_a_picture_without_boxes_is_shown_whole() -> None:
    picture = Picture("", 10, 20, ())

    assert picture.narrow == picture.whole == PixelRect(0, -34, 10, 54)


def test_a_row_without_a_picture_has_none() -> None:
    assert picture_of(None) is None
