import cv2
import numpy as np
import pytest
import zxingcpp

from kryds.generator.symbol import FIDUCIAL_CELLS, Run, code_runs, fiducial_runs
from kryds.model.page_code import PageCode, decode


def picture(runs: tuple[Run, ...], across: int, cell: int = 8) -> np.ndarray:
    gray = np.full((across, across), 255, np.uint8)
    for x, y, width, height in runs:
        assert (gray[y : y + height, x : x + width] == 255).all()
        gray[y : y + height, x : x + width] = 0
    return np.kron(np.pad(gray, 4, constant_values=255), np.ones((cell, cell), np.uint8))


@pytest.mark.parametrize("marker_id", [0, 137, 586])
def test_a_fiducial_is_found_upright_under_its_identity(marker_id: int) -> None:
    detector = cv2.aruco.ArucoDetector(cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_APRILTAG_36h11))
    corners, ids, _ = detector.detectMarkers(picture(fiducial_runs(marker_id), FIDUCIAL_CELLS))
    assert np.asarray(ids).ravel().tolist() == [marker_id]
    assert np.abs(corners[0][0][0] - 32).max() <= 1


@pytest.mark.parametrize("copy", [0, 1, 20, 999, 123456])
def test_a_page_code_reads_back(copy: int) -> None:
    code = PageCode("mus-leder", "1a2b3c4d", "K7Q2" if copy else "", copy, 2)
    runs, across = code_runs(code)
    (found,) = zxingcpp.read_barcodes(picture(runs, across))
    assert decode(found.text) == code


def test_error_correction_is_as_high_as_the_size_allows() -> None:
    runs, across = code_runs(PageCode("a", "1a2b3c4d", "", 1, 1))
    (found,) = zxingcpp.read_barcodes(picture(runs, across))
    assert across == 21
    assert found.ec_level in ("M", "Q", "H")


def test_equal_runs_below_one_another_are_one_rectangle() -> None:
    assert (0, 0, 1, 8) in fiducial_runs(3) or (0, 0, 8, 1) in fiducial_runs(3)
