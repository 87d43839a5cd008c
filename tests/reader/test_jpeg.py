import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kryds.reader.jpeg import JpegFrame, decode_at, decode_jpeg, jpeg_frame, reduction
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


@pytest.mark.parametrize(
    ("long_side", "factor"), [(1754, 1), (2339, 1), (2806, 1), (3300, 2), (3508, 2), (5262, 1), (7016, 4), (14032, 8)]
)
def test_a_decoder_reduces_only_by_what_it_can_and_what_leaves_enough(long_side: int, factor: int) -> None:
    assert reduction(JpegFrame(1000, long_side, 1), 1754) == factor
    assert reduction(JpegFrame(long_side, 1000, 3), None) == 1


def test_a_reduced_pixel_is_the_mean_of_those_it_stands_for_within_a_grey_level() -> None:
    data = as_array(scanned.jpeg(scanned.sheet()))
    whole, half = decode_jpeg(data), decode_jpeg(data, 2)
    assert whole is not None
    assert half is not None
    means = whole.reshape(scanned.HEIGHT // 2, 2, scanned.WIDTH // 2, 2).mean(axis=(1, 3))

    assert np.abs(half - means).mean() < 1


def test_what_was_decoded_reduced_can_be_had_whole() -> None:
    data = as_array(scanned.jpeg(scanned.sheet()))
    decoded = decode_at(data, JpegFrame(scanned.WIDTH, scanned.HEIGHT, 1), scanned.HEIGHT // 2)
    assert decoded is not None
    gray, whole = decoded
    assert whole is not None

    assert gray.shape == (scanned.HEIGHT // 2, scanned.WIDTH // 2)
    assert whole.decode().shape == (scanned.HEIGHT, scanned.WIDTH) == whole.size_px[::-1]
