"""Image files -> PDF images: the bytes as stored where PDF knows their encoding, else the same pixels packed."""

import io
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, cast

from PIL import ExifTags, Image
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import (
    COMPRESSION,
    FILLORDER,
    JPEGTABLES,
    PHOTOMETRIC_INTERPRETATION,
    STRIPBYTECOUNTS,
    STRIPOFFSETS,
    TiffImageFile,
)

#: TIFF's numbers for its encodings and for what 0 means (TIFF 6.0, sections 8, 11 and 22).
GROUP4, JPEG = 4, 7
MIN_IS_WHITE, MIN_IS_BLACK, RGB, YCBCR = 0, 1, 2, 6
LOW_BIT_FIRST = 2
#: Every byte with its bits in the other order.
REVERSED_BITS = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
#: PNG colour types that PDF can take as they are (ISO/IEC 15948, table 11.1): grey, colour, palette.
PNG_GREY, PNG_RGB, PNG_PALETTE = 0, 2, 3
#: How hard pixels are packed that cannot stay as stored: fast, for a page of grey 0.1 s.
PACKING = 1

GREY_SPACE, RGB_SPACE, CMYK_SPACE = "/DeviceGray", "/DeviceRGB", "/DeviceCMYK"


@dataclass(frozen=True)
class EmbeddedImage:
    """An image XObject in the making (ISO 32000-2, 8.9.5).

    ``palette`` holds red, green and blue of each colour where ``space`` is indexed, else nothing. ``orientation`` is
    the Exif one, 1 to 8, which the pixels have not been given.
    """

    width_px: int
    height_px: int
    space: str
    bits: int
    filter: str
    data: bytes = field(repr=False)
    parms: Mapping[str, int | bool] = field(default_factory=dict)
    decode: tuple[int, ...] = ()
    palette: bytes = b""
    orientation: int = 1


def embed_jpeg(path: Path) -> EmbeddedImage:
    """A JPEG file, byte for byte."""
    data = path.read_bytes()
    with JpegImageFile(io.BytesIO(data)) as picture:
        width, height = picture.size
        space = {"L": GREY_SPACE, "CMYK": CMYK_SPACE}.get(picture.mode, RGB_SPACE)
        # Programs that say they are Adobe's write print colours as light, not as ink.
        inverted = space == CMYK_SPACE and "adobe" in picture.info
        return EmbeddedImage(
            width,
            height,
            space,
            8,
            "/DCTDecode",
            data,
            decode=(1, 0) * 4 if inverted else (),
            orientation=_turn(picture),
        )


def embed_png(path: Path) -> EmbeddedImage:
    """A PNG file: its packed rows as they are, unless they are interlaced or see-through."""
    with PngImageFile(path) as picture:
        orientation = _turn(picture)
        chunks = tuple(_png_chunks(path.read_bytes()))
        width, height, bits, colour, _, _, interlaced = struct.unpack(">IIBBBBB", chunks[0][1])
        if interlaced or colour not in (PNG_GREY, PNG_RGB, PNG_PALETTE) or any(name == b"tRNS" for name, _ in chunks):
            return _packed(picture, orientation)
    return EmbeddedImage(
        width,
        height,
        RGB_SPACE if colour == PNG_RGB else GREY_SPACE,
        bits,
        "/FlateDecode",
        b"".join(data for name, data in chunks if name == b"IDAT"),
        parms={
            "/Predictor": 15,
            "/Colors": 3 if colour == PNG_RGB else 1,
            "/BitsPerComponent": bits,
            "/Columns": width,
        },
        palette=next((data for name, data in chunks if name == b"PLTE"), b"") if colour == PNG_PALETTE else b"",
        orientation=orientation,
    )


def embed_tiff_page(tiff: TiffImageFile, index: int) -> EmbeddedImage:
    """A page of a TIFF file: group 4 and JPEG in one strip as they are, all else packed.

    ``tiff`` is to be made of an open file: given a path, Pillow maps it to memory and mistakes a turned page's sides.
    """
    tiff.seek(index)
    orientation = _turn(tiff)
    tags = tiff.tag_v2
    if len(tags.get(STRIPOFFSETS, ())) == 1:
        kind, zero = tags.get(COMPRESSION), tags.get(PHOTOMETRIC_INTERPRETATION)
        if kind == GROUP4 and zero in (MIN_IS_WHITE, MIN_IS_BLACK):
            return _group4(tiff, orientation)
        if kind == JPEG and zero in (MIN_IS_BLACK, RGB, YCBCR):
            return _jpeg_strip(tiff, orientation)
    tiff.getexif()[ExifTags.Base.Orientation] = 1  # or else Pillow turns the pixels
    return _packed(tiff, orientation)


def _group4(tiff: TiffImageFile, orientation: int) -> EmbeddedImage:
    width, height = _stored_size(tiff, orientation)
    data = _strip(tiff)
    if tiff.tag_v2.get(FILLORDER) == LOW_BIT_FIRST:
        data = data.translate(REVERSED_BITS)
    black_is_1 = tiff.tag_v2[PHOTOMETRIC_INTERPRETATION] == MIN_IS_BLACK
    parms = {"/K": -1, "/Columns": width, "/Rows": height, "/BlackIs1": black_is_1}
    return EmbeddedImage(width, height, GREY_SPACE, 1, "/CCITTFaxDecode", data, parms=parms, orientation=orientation)


def _jpeg_strip(tiff: TiffImageFile, orientation: int) -> EmbeddedImage:
    """The tables all strips share are put back in front of the one strip (TIFF technical note 2)."""
    width, height = _stored_size(tiff, orientation)
    data, tables = _strip(tiff), tiff.tag_v2.get(JPEGTABLES, b"")
    if tables:
        data = tables[:-2] + data[2:]
    zero = tiff.tag_v2[PHOTOMETRIC_INTERPRETATION]
    return EmbeddedImage(
        width,
        height,
        GREY_SPACE if zero == MIN_IS_BLACK else RGB_SPACE,
        8,
        "/DCTDecode",
        data,
        parms={"/ColorTransform": 0} if zero == RGB else {},
        orientation=orientation,
    )


def _packed(picture: Image.Image, orientation: int) -> EmbeddedImage:
    """The pixels of a picture without loss; what is transparent on white."""
    deep = picture.mode.startswith("I;16")
    inverted = deep and _counts_ink(picture)
    picture = picture.copy() if deep else _opaque(picture)
    data = picture.tobytes("raw", "I;16B") if deep else picture.tobytes()
    width, height = picture.size
    return EmbeddedImage(
        width,
        height,
        {"RGB": RGB_SPACE, "CMYK": CMYK_SPACE}.get(picture.mode, GREY_SPACE),
        {"1": 1, "I": 16}.get(picture.mode[0], 8),
        "/FlateDecode",
        zlib.compress(data, PACKING),
        decode=(1, 0) if inverted else (),
        orientation=orientation,
    )


def _counts_ink(picture: Image.Image) -> bool:
    """Whether 0 is white; Pillow turns 1 and 8 bits round by itself, 16 bits not."""
    return isinstance(picture, TiffImageFile) and picture.tag_v2.get(PHOTOMETRIC_INTERPRETATION) == MIN_IS_WHITE


def _opaque(picture: Image.Image) -> Image.Image:
    """The picture in a mode PDF knows."""
    if "A" in picture.getbands() or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", layered.size, "white"), layered)
    # A copy has the sides of its pixels; a TIFF picture that was kept from being turned has not.
    return picture.copy() if picture.mode in ("1", "L", "RGB", "CMYK") else picture.convert("RGB")


def _turn(picture: Image.Image) -> int:
    return int(picture.getexif().get(ExifTags.Base.Orientation, 1))


def _stored_size(tiff: TiffImageFile, orientation: int) -> tuple[int, int]:
    """Width and height of the pixels as stored; Pillow tells those of the picture set upright."""
    width, height = tiff.size
    return (height, width) if orientation in (5, 6, 7, 8) else (width, height)


def _strip(tiff: TiffImageFile) -> bytes:
    file = cast("BinaryIO", tiff.fp)
    file.seek(tiff.tag_v2[STRIPOFFSETS][0])
    return file.read(tiff.tag_v2[STRIPBYTECOUNTS][0])


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and contents of each chunk (ISO/IEC 15948, 5.3)."""
    place = 8
    while place + 8 <= len(data):
        (length,) = struct.unpack_from(">I", data, place)
        yield data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        place += 12 + length
