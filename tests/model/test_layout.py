from kryds.model.geometry import Rect
from kryds.model.layout import BoxPlace, PageLayout, RowPlace

PAGE = PageLayout(
    number=1,
    fiducials=(),
    code=Rect(160, 20, 17, 17),
    rows=(RowPlace("1.1", Rect(20, 50, 160, 11)), RowPlace("1.2", Rect(20, 61, 160, 11))),
    boxes=(
        BoxPlace("1.1", 1, Rect(110, 52, 6, 6)),
        BoxPlace("1.1", 2, Rect(123, 52, 6, 6)),
        BoxPlace("1.2", 1, Rect(110, 63, 6, 6)),
    ),
)


def test_boxes_go_their_own_ways_and_rows_the_mean_of_their_boxes() -> None:
    moved = PAGE.moved([(1.0, 2.0), (3.0, 4.0), (0.0, -1.0)])

    assert [box.rect for box in moved.boxes] == [Rect(111, 54, 6, 6), Rect(126, 56, 6, 6), Rect(110, 62, 6, 6)]
    assert [row.rect for row in moved.rows] == [Rect(22, 53, 160, 11), Rect(20, 60, 160, 11)]
    assert (moved.code, moved.number) == (PAGE.code, PAGE.number)
