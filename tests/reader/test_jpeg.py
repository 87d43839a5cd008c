import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kryds.reader.jpeg import JpegFrame, decode_jpeg, jpeg_frame
from tests.reader import scanned


def as_array(data: bytes) -> npt.NDArray[np.uint8]:
    return np.frombuffer(data, np.uint8)


def frame(kind: int, height: int, width: int, components: int) -> bytes:
    return bytes((0xFF, kind, 0, 11, 8, *height.to_bytes(2, "big"), *width.to_bytes(2, "big"), components))


SOI, COMMENT = b"\xff\xd8", b"\xff\xfe\x00\x05abc"


def test_a_frame_tells_the_size_and_the_components() -> None:
    gray = scanned.sheet()
    colour = np.repeat(gray[..., None], 3, axis=2)

    assert jpeg_frame(as_array(scanned.jpeg(gray))) == JpegFrame(scanned.WIDTH, scanned.HEIGHT, 1)
    assert jpeg_frame(as_array(scanned.jpeg(colour))) == JpegFrame(scanned.WIDTH, scanned.HEIGHT, 3)


@given(st.integers(0, 65535), st.integers(0, 65535), st.sampled_from([1, 3, 4]), st.sampled_from([0xC0, 0xC2, 0xCF]))
def test_any_frame_is_read_behind_other_segments(height: int, width: int, components: int, kind: int) -> None:
    data = SOI + COMMENT + b"\xff\x01" + b"\xff" + frame(kind, height, width, components)

    assert jpeg_frame(as_array(data)) == JpegFrame(width, height, components)


@given(st.binary(max_size=200))
def test_no_bytes_upset_the_search_for_a_frame(data: bytes) -> None:
    found = jpeg_frame(as_array(SOI + data))

    assert found is None or found.width_px >= 0


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(SOI, id="nothing follows"),
        pytest.param(SOI + b"\xff\xda" + bytes(20), id="pixels without a frame"),
        pytest.param(SOI + b"\xff\xc4\x00\x02" + bytes(20), id="no marker where one should be"),
        pytest.param(SOI + b"\xff\xfe\xff\xff" + frame(0xC0, 1, 1, 1), id="a segment longer than the file"),
    ],
)
def test_without_a_frame_there_is_none(data: bytes) -> None:
    assert jpeg_frame(as_array(data)) is None


def test_pixels_come_out_grey_and_are_not_turned() -> None:
    gray = decode_jpeg(as_array(scanned.jpeg(scanned.sheet())))

    assert gray is not None
    assert np.abs(gray.astype(int) - scanned.sheet()).max() < 30


@pytest.mark.parametrize("data", [b"", b"no JPEG", scanned.jpeg(scanned.sheet())[:3000]])
def test_damage_gives_no_pixels(data: bytes) -> None:
    assert decode_jpeg(as_array(data)) is None
