"""What kryds says of the corpus: through the public command, or through the reading core alone."""

import csv
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import cv2

from benchmarks.accuracy.corpus import workers
from benchmarks.accuracy.tally import Key, Verdict
from kryds.model.edition import Edition
from kryds.reader.read import read_page
from kryds.reader.scan import ScanPage, count_pages, load_pages


def read_by_command(corpus: Path, print_file: Path, out: Path) -> dict[Key, Verdict]:
    """The rows of answers.csv that ``kryds read`` writes into ``out``, emptied first: nothing is to be resumed."""
    shutil.rmtree(out, ignore_errors=True)
    command = [sys.executable, "-m", "kryds", "read", str(corpus), "-o", str(out), "--printed", str(print_file)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    with (out / "answers.csv").open(encoding="utf-8-sig", newline="") as file:
        return {
            (Path(row["source"]).name, int(row["page"]), row["item"]): (
                row["state"],
                row["choice"],
                float(row["confidence"]),
            )
            for row in csv.DictReader(file)
        }


def read_by_core(corpus: Path, edition: Edition, *, jobs: int) -> dict[Key, Verdict]:
    """The answers of ``read_page``, page by page, with nothing after it."""
    verdicts: dict[Key, Verdict] = {}
    with workers(jobs) as pool:
        for found in pool.map(partial(_read_file, edition), sorted(corpus.iterdir()), chunksize=4):
            verdicts.update(found)
    return verdicts


def _read_file(edition: Edition, path: Path) -> dict[Key, Verdict]:
    cv2.setNumThreads(1)
    editions = {edition.digest: edition}
    return {
        (path.name, page.index + 1, answer.item_id): (
            answer.state.value,
            str(answer.choice or ""),
            answer.confidence,
        )
        for page in load_pages(path, path.name, range(count_pages(path)))
        if isinstance(page, ScanPage)
        for answer in read_page(page, editions).reading.answers
    }
