"""The pictures of the READMEs: the first page of the sheet, and of the summary of the bundled pile.

    python -m kryds.samples.pictures FOLDER

FOLDER is what ``kryds demo -o FOLDER`` wrote; the pictures are written into pictures/ of the current folder.
"""

import sys
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageOps

#: Width of a picture: two stand side by side in a README.
WIDTH_PX = 900
#: Colours kept: enough that a small sign keeps its own, few enough for a small file.
COLOURS = 255
EDGE = "#C8C8C8"


def draw_pictures(demo: Path, folder: Path) -> None:
    """Writes sheet.png and summary.png into ``folder``."""
    folder.mkdir(exist_ok=True)
    for name, pdf in {"sheet": demo / "mus-leder-blank.pdf", "summary": demo / "result" / "summary.pdf"}.items():
        first_page(pdf).save(folder / f"{name}.png", optimize=True)


def first_page(pdf: Path) -> Image.Image:
    """The first page of a PDF, with a thin edge so that the paper is seen on a white screen."""
    with pdfium.PdfDocument(pdf) as document:
        page = document[0]
        pixels = page.render(scale=WIDTH_PX / page.get_width(), rev_byteorder=True).to_numpy()
    picture = Image.fromarray(np.ascontiguousarray(pixels[:, :, :3]))
    return ImageOps.expand(picture, border=1, fill=EDGE).quantize(COLOURS, dither=Image.Dither.NONE)


if __name__ == "__main__":
    draw_pictures(Path(sys.argv[1]), Path("pictures"))
