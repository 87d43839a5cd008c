import io
import warnings
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from kryds.model.errors import ScanFileError
from kryds.model.reading import Reason
from kryds.reader.scan import ScanFault, ScanPage, count_pages, load_pages
from tests.reader import scanned
from tests.reader.scanned import Gray

DAMAGED = Reason("page_damaged")
#: EXIF orientations and where the blot must be once the mirrored ones are turned over top to bottom.
STORED = pytest.approx((126, 119), abs=1)
TURNED_OVER = pytest.approx((126, scanned.HEIGHT - 119), abs=1)
ORIENTATION = 0x0112


def tiff(*pictures: Image.Image, **options: Any) -> bytes:  # noqa: ANN401 - what Pillow takes
    file = io.BytesIO()
    pictures[0].save(file, "TIFF", save_all=True, append_images=list(pictures[1:]), **options)
    return file.getvalue()


def image(gray: Gray) -> Image.Image:
    return Image.fromarray(gray)


def sixteen_bits(gray: Gray) -> Image.Image:
    return Image.fromarray(gray.astype(np.uint16) * 257)


def patched_tag(data: bytes, tag: int, value: int) -> bytes:
    """The TIFF (low byte first) with another value for a tag that holds one number of 16 or 32 bits."""
    heads = [tag.to_bytes(2, "little") + bytes((kind, 0, 1, 0, 0, 0)) for kind in (3, 4)]
    place = next(data.index(head) + len(head) for head in heads if head in data)
    return data[:place] + value.to_bytes(2, "little") + data[place + 2 :]


@pytest.mark.parametrize("compression", [None, "group3", "group4", "packbits", "tiff_lzw", "tiff_adobe_deflate"])
def test_black_and_white_comes_out_of_every_encoding(compression: str | None, tmp_path: Path) -> None:
    data = tiff(image(scanned.bilevel()).convert("1"), compression=compression, dpi=(100, 100))

    page = scanned.first_page(tmp_path, data)

    assert np.array_equal(page.gray, scanned.bilevel())
    assert page.dpi == 100.0


@pytest.mark.parametrize(
    ("compression", "mode"),
    [
        (compression, mode)
        for compression in (None, "jpeg", "tiff_lzw", "tiff_adobe_deflate")
        for mode in ("L", "RGB", "RGBA", "CMYK")
        if (compression, mode) != ("jpeg", "RGBA")  # JPEG knows no transparency
    ],
)
def test_grey_comes_out_of_every_encoding_and_colour(compression: str | None, mode: str, tmp_path: Path) -> None:
    picture = image(scanned.sheet())
    picture = picture.convert("RGB").convert(mode) if mode == "CMYK" else picture.convert(mode)

    page = scanned.first_page(tmp_path, tiff(picture, compression=compression))

    assert np.abs(page.gray.astype(int) - scanned.sheet()).mean() < 1


@pytest.mark.parametrize("picture", [image(scanned.bilevel()).convert("1"), image(scanned.sheet())])
def test_where_0_is_white_black_is_still_black(picture: Image.Image, tmp_path: Path) -> None:
    inverted = patched_tag(tiff(picture), 262, 0)

    page = scanned.first_page(tmp_path, inverted)

    assert np.array_equal(page.gray, 255 - np.asarray(picture.convert("L")))


def test_16_bits_are_halved_either_way_round(tmp_path: Path) -> None:
    data = tiff(sixteen_bits(scanned.sheet()))

    assert np.array_equal(scanned.first_page(tmp_path, data).gray, scanned.sheet())
    assert np.array_equal(scanned.first_page(tmp_path, patched_tag(data, 262, 0)).gray, 255 - scanned.sheet())


def test_pages_come_one_by_one_in_the_order_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "pile.tif"
    path.write_bytes(tiff(*(image(np.full((300 + n, 200), 255, np.uint8)) for n in range(4))))

    pages = load_pages(path, "pile.tif", [2, 0, 3])

    assert count_pages(path) == 4
    assert [page.gray.shape[0] for page in pages if isinstance(page, ScanPage)] == [302, 300, 303]


def cut_short() -> bytes:
    """Three pages, cut short in the second."""
    data = tiff(*[image(scanned.sheet())] * 3, compression="tiff_lzw")
    return data[: len(data) * 3 // 5]


def test_a_damaged_page_leaves_the_others_alone(tmp_path: Path) -> None:
    path = tmp_path / "pile.tif"
    data = tiff(*[image(scanned.bilevel()).convert("1")] * 3, compression="group4")
    first = data.index(pixels := scanned.group4(255 - scanned.bilevel())[:60])
    second = data.index(pixels, first + 1)
    path.write_bytes(data[:second] + bytes(60) + data[second + 60 :])

    pages = list(load_pages(path, "pile.tif", range(3)))

    assert pages[1] == ScanFault("pile.tif", 1, DAMAGED)
    assert [isinstance(page, ScanPage) for page in pages] == [True, False, True]


def test_of_a_file_cut_short_the_pages_before_the_cut_are_read_and_the_loss_is_told(tmp_path: Path) -> None:
    path = tmp_path / "pile.tif"
    path.write_bytes(cut_short())

    first, *others = load_pages(path, "pile.tif", range(count_pages(path)))

    assert isinstance(first, ScanPage)
    assert others
    assert all(isinstance(page, ScanFault) for page in others)


def test_a_file_damaged_beyond_repair_is_named_with_its_cure(tmp_path: Path) -> None:
    path = tmp_path / "scan.tif"
    path.write_bytes(b"II*\0\xff\xff\xff\x7f and no more")

    with pytest.raises(ScanFileError, match=r"scan.tif: is damaged and cannot be opened; scan the sheets again"):
        count_pages(path)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["TIFF", "TIFF packed", "TIFF of 16 bits", "JPEG", "PNG"])
def test_pixels_stay_as_stored_whichever_way_up_the_file_says_they_are(
    kind: str, orientation: int, tmp_path: Path
) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    options: dict[str, Any] = {"compression": "tiff_lzw"} if kind == "TIFF packed" else {}
    file = io.BytesIO()
    picture = sixteen_bits(scanned.sheet()) if kind == "TIFF of 16 bits" else image(scanned.sheet())
    picture.save(file, kind.split(maxsplit=1)[0], exif=exif, **options)

    page = scanned.first_page(tmp_path, file.getvalue())

    assert page.gray.shape == (scanned.HEIGHT, scanned.WIDTH)
    assert scanned.blot_in(page.gray) == (TURNED_OVER if orientation in (2, 4, 5, 7) else STORED)


def test_a_jpeg_tells_its_resolution(tmp_path: Path) -> None:
    file = io.BytesIO()
    image(scanned.sheet()).save(file, "JPEG", dpi=(100, 100))

    assert scanned.first_page(tmp_path, file.getvalue()).dpi == 100.0


def test_a_jpeg_in_print_colours_is_light_where_its_paper_is(tmp_path: Path) -> None:
    file = io.BytesIO()
    image(scanned.sheet()).convert("RGB").convert("CMYK").save(file, "JPEG", quality=95)

    page = scanned.first_page(tmp_path, file.getvalue())

    assert np.abs(page.gray.astype(int) - scanned.sheet()).mean() < 2


def test_a_jpeg_whose_remarks_are_damaged_is_read_all_the_same(tmp_path: Path) -> None:
    exif = b"\xff\xe1\x00\x10Exif\0\0II*\0\xff\xff\xff\xff"
    whole = scanned.jpeg(scanned.sheet())

    page = scanned.first_page(tmp_path, whole[:2] + exif + whole[2:])

    assert page.dpi == 0.0


@pytest.mark.parametrize("length", [30, 3000])
def test_a_jpeg_cut_short_is_told_as_damage(length: int, tmp_path: Path) -> None:
    data = scanned.jpeg(scanned.sheet())[:length]

    assert scanned.loaded(tmp_path, data) == ScanFault("scan", 0, DAMAGED)


def png(picture: Image.Image, **options: Any) -> bytes:  # noqa: ANN401
    file = io.BytesIO()
    picture.save(file, "PNG", **options)
    return file.getvalue()


def see_through(gray: Gray) -> Image.Image:
    """Black all over, seen only where the ink is."""
    black = Image.new("RGBA", (scanned.WIDTH, scanned.HEIGHT), "black")
    black.putalpha(Image.fromarray(255 - gray))
    return black


@pytest.mark.parametrize(
    ("data", "tolerance"),
    [
        pytest.param(png(image(scanned.sheet())), 0, id="grey"),
        pytest.param(png(image(scanned.sheet()).convert("RGB")), 0, id="colour"),
        pytest.param(png(image(scanned.sheet()).convert("P")), 0, id="palette"),
        pytest.param(png(sixteen_bits(scanned.sheet())), 0, id="16 bits"),
        pytest.param(png(see_through(scanned.sheet())), 1, id="transparent, on white"),
        pytest.param(png(image(scanned.sheet()).convert("P"), transparency=255), 255, id="one colour transparent"),
    ],
)
def test_a_png_of_every_kind_comes_out_grey(data: bytes, tolerance: int, tmp_path: Path) -> None:
    page = scanned.first_page(tmp_path, data)

    assert np.abs(page.gray.astype(int) - scanned.sheet()).max() <= tolerance


def test_a_png_cut_short_is_told_as_damage(tmp_path: Path) -> None:
    data = png(image(scanned.sheet()))

    assert scanned.loaded(tmp_path, data[: len(data) // 2]) == ScanFault("scan", 0, DAMAGED)


def test_pixels_no_scanner_writes_are_told_so(tmp_path: Path) -> None:
    fractions = Image.fromarray(scanned.sheet().astype(np.float32))

    fault = scanned.loaded(tmp_path, tiff(fractions))

    assert fault == ScanFault("scan", 0, Reason("page_encoding_unknown"))


@pytest.mark.parametrize("kind", ["TIFF", "PNG"])
def test_a_picture_made_to_fill_the_memory_is_refused_unseen(kind: str, tmp_path: Path) -> None:
    if kind == "PNG":
        data = png(image(scanned.sheet()))
        data = data[:16] + (20_000).to_bytes(4, "big") * 2 + data[24:]
        data = data[:29] + zlib.crc32(data[12:29]).to_bytes(4, "big") + data[33:]
    else:
        data = patched_tag(patched_tag(tiff(image(scanned.sheet())), 256, 20_000), 257, 20_000)

    fault = scanned.loaded(tmp_path, data)

    assert isinstance(fault, ScanFault)
    assert fault.reason == Reason("page_too_large", (("megapixels", "400"),))


def test_a_large_jpeg_is_refused_unseen(tmp_path: Path) -> None:
    data = scanned.jpeg(scanned.sheet())
    place = data.index(b"\xff\xc0") + 5

    fault = scanned.loaded(tmp_path, data[:place] + b"\xff\xff\xff\xff" + data[place + 4 :])

    assert fault == ScanFault("scan", 0, Reason("page_too_large", (("megapixels", "4295"),)))


def test_nothing_is_said_beside_the_faults(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")

        scanned.loaded(tmp_path, cut_short(), index=1)
