"""The two machine-read symbols of a page as black cells: the coded fiducials and the page code."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby

from kryds.model.page_code import PageCode, encode

#: Cells along a fiducial's side: 6 of identity and a black border (AprilTag 36h11, E. Olson, 2011).
FIDUCIAL_CELLS = 8
#: The mask of the page code's symbol. Any of the eight is valid (ISO/IEC 18004, 7.8); trying them all takes four
#: times as long, to even out a pattern that text and error correction make even already.
_MASK = 3

#: Column, row, width and height of a black rectangle, in cells.
Run = tuple[int, int, int, int]


@cache
def fiducial_runs(marker_id: int) -> tuple[Run, ...]:
    """The black cells of a fiducial, as rectangles."""
    import cv2  # noqa: PLC0415 - heavy, and needed only when a sheet is drawn

    dictionary = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_APRILTAG_36h11)
    picture = cv2.aruco.generateImageMarker(dictionary, marker_id, FIDUCIAL_CELLS)
    return _merged([[cell == 0 for cell in row] for row in picture])


def code_runs(code: PageCode) -> tuple[tuple[Run, ...], int]:
    """The black modules of a page code, as rectangles, and how many modules its side has.

    Error correction is M or, when the symbol grows no larger by it, Q or H.
    """
    import segno  # noqa: PLC0415 - needed only when a sheet is drawn

    symbol = segno.make_qr(encode(code), error="m", mask=_MASK, boost_error=True)
    return _merged(symbol.matrix), len(symbol.matrix)


def _merged(rows: Sequence[Sequence[object]]) -> tuple[Run, ...]:
    """The true cells as rectangles: runs of a row, joined downwards while the rows below have the same run.

    In the order of their size, which compresses best.
    """
    done: list[Run] = []
    growing: dict[tuple[int, int], int] = {}
    for y, row in enumerate((*rows, ())):
        runs = set(_runs(row))
        for x, width in growing.keys() - runs:
            top = growing.pop((x, width))
            done.append((x, top, width, y - top))
        for run in runs - growing.keys():
            growing[run] = y
    return tuple(sorted(done, key=lambda run: (run[2], run[3], run[0], run[1])))


def _runs(row: Sequence[object]) -> Iterator[tuple[int, int]]:
    """Where each run of true cells begins, and how long it is."""
    x = 0
    for black, cells in groupby(row, bool):
        length = len(tuple(cells))
        if black:
            yield x, length
        x += length
