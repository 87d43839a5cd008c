import io
import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pikepdf
import pytest
from PIL import Image
from PIL.TiffImagePlugin import TiffImageFile
from pypdf import PdfWriter

from kryds.generator.embedded_image import EmbeddedImage, embed_jpeg, embed_png, embed_tiff_page
from kryds.generator.scan_source import ScanSources
from tests.generator import annotated

Pixels = npt.NDArray[np.uint8]


def grey() -> Image.Image:
    """Taller than wide, with no two corners alike."""
    ramp = np.add.outer(np.arange(60) * 3, np.arange(40)).astype(np.uint8)
    return Image.fromarray(ramp)


def colour() -> Image.Image:
    return Image.merge("RGB", (grey(), grey().transpose(Image.Transpose.FLIP_TOP_BOTTOM), grey()))


def embedded(tmp_path: Path, image: Image.Image, kind: str, **options: Any) -> tuple[EmbeddedImage, bytes]:  # noqa: ANN401
    """The image, and the file it came from."""
    data = annotated.encoded(image, kind, **options)
    return from_bytes(tmp_path, data, kind), data


def from_bytes(tmp_path: Path, data: bytes, kind: str) -> EmbeddedImage:
    path = tmp_path / "scan"
    path.write_bytes(data)
    if kind == "TIFF":
        with path.open("rb") as file:
            return embed_tiff_page(TiffImageFile(file), 0)
    return (embed_jpeg if kind == "JPEG" else embed_png)(path)


def seen(tmp_path: Path) -> Image.Image:
    """What another PDF reader makes of the image, once it is in a PDF."""
    writer = PdfWriter()
    reading = annotated.reading()
    with ScanSources(writer) as sources:
        sources.add(tmp_path / "scan", reading)
        file = io.BytesIO()
        writer.write(file)
    with pikepdf.open(file) as pdf:
        image = pdf.pages[0].Resources.XObject["/Scan"]
        assert isinstance(image, pikepdf.Stream)
        return pikepdf.PdfImage(image).as_pil_image()


def patched_tag(data: bytes, tag: int, value: int) -> bytes:
    head = tag.to_bytes(2, "little") + b"\x03\x00\x01\x00\x00\x00"
    place = data.index(head) + len(head)
    return data[:place] + value.to_bytes(2, "little") + data[place + 2 :]


@pytest.mark.parametrize(("mode", "space"), [("L", "/DeviceGray"), ("RGB", "/DeviceRGB"), ("CMYK", "/DeviceCMYK")])
def test_a_jpeg_goes_in_byte_for_byte(mode: str, space: str, tmp_path: Path) -> None:
    image, data = embedded(tmp_path, colour().convert(mode), "JPEG")

    assert (image.data, image.filter, image.space) == (data, "/DCTDecode", space)
    assert (image.width_px, image.height_px, image.bits) == (40, 60, 8)
    assert image.decode == ((1, 0) * 4 if mode == "CMYK" else ())


@pytest.mark.parametrize("mode", ["1", "L", "RGB", "P", "I;16"])
def test_a_png_goes_in_with_its_rows_as_packed(mode: str, tmp_path: Path) -> None:
    source = Image.fromarray(np.asarray(grey()).astype(np.uint16) * 257) if mode == "I;16" else colour().convert(mode)
    image, data = embedded(tmp_path, source, "PNG")

    assert image.data in data
    assert image.parms["/Predictor"] == 15
    assert_same_picture(seen(tmp_path), source)


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_a_png_that_is_see_through_is_laid_on_white(mode: str, tmp_path: Path) -> None:
    clear = Image.new("RGBA", (40, 60), (0, 0, 0, 0)).convert(mode)
    image, _ = embedded(tmp_path, clear, "PNG")

    assert zlib.decompress(image.data) == b"\xff" * 40 * 60 * 3


def test_an_interlaced_png_is_packed_anew(tmp_path: Path) -> None:
    data = annotated.encoded(grey(), "PNG")
    header = struct.pack(">IIBBBBB", 40, 60, 8, 0, 0, 0, 1)
    chunk = b"IHDR" + header
    rows = zlib.compress(interlaced(np.asarray(grey())))
    pixels = b"IDAT" + rows
    data = data[:8] + b"".join(
        struct.pack(">I", len(part) - 4) + part + struct.pack(">I", zlib.crc32(part))
        for part in (chunk, pixels, b"IEND")
    )

    image = from_bytes(tmp_path, data, "PNG")

    assert zlib.decompress(image.data) == grey().tobytes()


def interlaced(pixels: Pixels) -> bytes:
    """The seven passes of Adam7 (ISO/IEC 15948, 8.2), unfiltered."""
    passes = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
    return b"".join(b"\0" + row.tobytes() for x, y, dx, dy in passes for row in pixels[y::dy, x::dx])


def assert_same_picture(one: Image.Image, other: Image.Image) -> None:
    if other.mode == "I;16":
        one, other = (Image.fromarray((np.asarray(each) >> 8).astype(np.uint8)) for each in (one, other))
    assert np.array_equal(np.asarray(one.convert("RGB")), np.asarray(other.convert("RGB")))


@pytest.mark.parametrize("compression", [None, "group3", "group4", "tiff_lzw"])
def test_a_black_and_white_tiff_keeps_every_pixel(compression: str | None, tmp_path: Path) -> None:
    image, _ = embedded(tmp_path, grey().convert("1"), "TIFF", compression=compression)

    assert image.filter == ("/CCITTFaxDecode" if compression == "group4" else "/FlateDecode")
    assert_same_picture(seen(tmp_path), grey().convert("1"))


@pytest.mark.parametrize("mode", ["L", "RGB", "P", "CMYK", "RGBA"])
def test_a_grey_or_coloured_tiff_keeps_every_pixel(mode: str, tmp_path: Path) -> None:
    source = colour().convert(mode)
    embedded(tmp_path, source, "TIFF", compression="tiff_adobe_deflate")

    assert_same_picture(seen(tmp_path), source)


@pytest.mark.parametrize("black_is", [0, 1])
def test_16_bits_stay_16_bits_either_way_round(black_is: int, tmp_path: Path) -> None:
    deep = Image.fromarray(np.asarray(grey()).astype(np.uint16) * 257)
    data = patched_tag(annotated.encoded(deep, "TIFF"), 262, black_is)

    image = from_bytes(tmp_path, data, "TIFF")

    assert (image.bits, image.decode) == (16, () if black_is else (1, 0))
    assert zlib.decompress(image.data) == np.asarray(deep).astype(">u2").tobytes()


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_a_jpeg_in_a_tiff_is_not_encoded_again(mode: str, tmp_path: Path) -> None:
    source = colour().convert(mode)
    image, data = embedded(tmp_path, source, "TIFF", compression="jpeg")

    assert image.filter == "/DCTDecode"
    assert image.data[-30:] in data
    difference = np.asarray(seen(tmp_path).convert("RGB")).astype(int) - np.asarray(source.convert("RGB"))
    assert np.abs(difference).mean() < 12


@pytest.mark.parametrize("photometric", [0, 1])
def test_group_4_is_told_which_way_round_it_is(photometric: int, tmp_path: Path) -> None:
    data = patched_tag(annotated.encoded(grey().convert("1"), "TIFF", compression="group4"), 262, photometric)

    from_bytes(tmp_path, data, "TIFF")

    with Image.open(tmp_path / "scan") as other:
        assert_same_picture(seen(tmp_path), other)


def test_group_4_with_its_bits_in_the_other_order_is_put_right(tmp_path: Path) -> None:
    plain, data = embedded(tmp_path, grey().convert("1"), "TIFF", compression="group4", tiffinfo={266: 1})
    swapped = data.replace(plain.data, bytes(int(f"{byte:08b}"[::-1], 2) for byte in plain.data))

    assert from_bytes(tmp_path, patched_tag(swapped, 266, 2), "TIFF").data == plain.data


@pytest.mark.parametrize("orientation", [3, 6])
@pytest.mark.parametrize(
    ("kind", "compression"), [("TIFF", None), ("TIFF", "group4"), ("TIFF", "jpeg"), ("JPEG", None), ("PNG", None)]
)
def test_pixels_stay_as_stored_whichever_way_up_the_file_says_they_are(
    kind: str, compression: str | None, orientation: int, tmp_path: Path
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    source = grey().convert("1" if compression == "group4" else "L")

    image, _ = embedded(tmp_path, source, kind, exif=exif, compression=compression)

    assert (image.width_px, image.height_px, image.orientation) == (40, 60, orientation)
    difference = np.asarray(seen(tmp_path).convert("L")).astype(int) - np.asarray(source.convert("L"))
    assert np.abs(difference).mean() < 6
