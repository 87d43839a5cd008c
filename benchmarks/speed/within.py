"""What runs in a process of its own: decoding alone, or the reading core alone, over every page of a PDF.

    python -m benchmarks.speed.within decode|core SCAN.pdf

prints the CPU seconds. Both first do one page that is not counted, so that starting up is not.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdf

from benchmarks.speed.pile import placed_sheet
from kryds.model.reading import PageState
from kryds.reader.read import read_page
from kryds.reader.scan import ScanPage, count_pages, load_pages
from kryds.reader.settings import DEFAULT


def decode(scan: Path) -> Callable[[slice], None]:
    """Only ``cv2.imdecode`` of the pictures, their bytes in memory beforehand."""
    pages: Any = pypdf.PdfReader(scan).pages
    streams = [np.frombuffer(page["/Resources"]["/XObject"]["/Scan"]._data, np.uint8) for page in pages]  # noqa: SLF001

    def work(which: slice) -> None:
        for stream in streams[which]:
            cv2.imdecode(stream, cv2.IMREAD_GRAYSCALE | cv2.IMREAD_IGNORE_ORIENTATION)

    return work


def core(scan: Path) -> Callable[[slice], None]:
    """The whole way from the file to the answers, as ``kryds read`` takes it; nothing is stored."""
    edition = placed_sheet().edition
    indices = range(count_pages(scan))

    def work(which: slice) -> None:
        for page in load_pages(scan, scan.name, indices[which], long_side_px=DEFAULT.working_long_side_px):
            assert isinstance(page, ScanPage)  # noqa: S101 - a pile that is not read measures nothing
            assert read_page(page, {edition.digest: edition}).reading.state is PageState.READ  # noqa: S101

    return work


def main() -> None:
    """Does it once, and prints what it cost."""
    cv2.setNumThreads(1)
    what, scan = sys.argv[1:]
    work = {"decode": decode, "core": core}[what](Path(scan))
    work(slice(1))
    began = time.process_time()
    work(slice(None))
    print(time.process_time() - began)


if __name__ == "__main__":
    main()
