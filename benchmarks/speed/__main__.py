"""One command: ``python -m benchmarks.speed``. CPU (user and system), as ratios to decoding the pictures alone.

Everything is measured in turn, several rounds of it, and the medians are told: a noisy machine slows all of a round.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.speed.cost import Cost, cost_of
from benchmarks.speed.pile import FORM, scan_file

PRINTED = 1000
#: What reading may cost: times the CPU of decoding the same pictures.
BARS: Mapping[str, float] = {"core": 1.5, "read --no-pdf": 2, "read": 4}
READ = {
    "read --no-pdf": ("--jobs", "1", "--no-pdf"),
    "read --no-pdf, 2 jobs": ("--jobs", "2", "--no-pdf"),
    "read": ("--jobs", "1"),
    "read, 2 jobs": ("--jobs", "2"),
}


@dataclass(frozen=True, slots=True)
class Round:
    """What everything cost once. ``further_byte`` is what each printed page after the second adds to the file."""

    costs: Mapping[str, Cost]
    further_byte: float


def main() -> None:
    """Make the pile if it is not there, measure, print the table."""
    options = _options()
    with TemporaryDirectory() as temporary:
        folder = options.pile or Path(temporary)
        # In a process of its own: a child's peak memory counts from what its parent once had.
        cost_of(("benchmarks.speed.pile", str(folder), str(options.pages)))
        scan = scan_file(folder, options.pages)
        rounds = [_round(scan, Path(temporary) / "round") for _ in range(options.rounds)]
        size_kb = scan.stat().st_size / options.pages / 1000
    print(f"{options.pages} pages of 300 dpi grey JPEG, {size_kb:.0f} kB each; median of {options.rounds} rounds\n")
    print("\n".join(lines(rounds, options.pages)))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.add_argument("--pages", type=int, default=64, help="pages of the pile (default 64)")
    parser.add_argument("--rounds", type=int, default=5, help="how often everything is measured (default 5)")
    parser.add_argument("--pile", type=Path, help="folder to keep the pile in for the next time")
    return parser.parse_args()


def _round(scan: Path, folder: Path) -> Round:
    rmtree(folder, ignore_errors=True)
    folder.mkdir()
    home = {"KRYDS_HOME": str(folder / "home")}
    one, many = folder / "one.pdf", folder / "many.pdf"
    costs = {"--help": cost_of(("kryds", "--help"))}
    cost_of(("kryds", "print", FORM, "-o", str(one), "--copies", "1"), home)
    costs["print"] = cost_of(("kryds", "print", FORM, "-o", str(many), "--copies", str(PRINTED)), home)
    for what in ("decode", "core"):
        costs[what] = _within(what, scan)
    for name, flags in READ.items():
        out = folder / name.replace(" ", "-")
        costs[name] = cost_of(("kryds", "read", str(scan), "-o", str(out), *flags), home)
    return Round(costs, (many.stat().st_size - one.stat().st_size) / (2 * (PRINTED - 1)))


def _within(what: str, scan: Path) -> Cost:
    command = [sys.executable, "-m", "benchmarks.speed.within", what, str(scan)]
    one_thread = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}  # as kryds itself does
    told = subprocess.run(command, check=True, capture_output=True, text=True, env=one_thread).stdout
    return Cost(float(told), 0.0, 0.0)


def lines(rounds: Sequence[Round], pages: int) -> list[str]:
    """The table: CPU per page, and how many times decoding alone; the least and the most of the rounds with it."""
    decode_ms = _median(rounds, "decode") / pages * 1000
    said = [f"{'':22} ms/page  x decode  (least to most)  bar  peak MB", f"{'decode':22} {decode_ms:7.1f}"]
    for name in ("core", *READ):
        ratios = sorted(each.costs[name].cpu_s / each.costs["decode"].cpu_s for each in rounds)
        peak = f"{max(each.costs[name].peak_mb for each in rounds):8.0f}" if name in READ else ""
        said.append(
            f"{name:22} {_median(rounds, name) / pages * 1000:7.1f}  {median(ratios):8.2f}"
            f"  ({ratios[0]:5.2f} to {ratios[-1]:5.2f}) {BARS.get(name, ''):>4} {peak}"
        )
    alone, both = (_gain(rounds, name) for name in ("read --no-pdf", "read"))
    return [
        *said,
        "",
        f"2 jobs read {alone:.2f} times as many pages a second as one, {both:.2f} times with both PDFs",
        "(bar 1.8, on piles of 1,000 pages and more: starting cannot be shared out)",
        f"print {PRINTED} sheets: {_median(rounds, 'print'):.2f} s CPU (bar 3)",
        f"each further page printed: {rounds[0].further_byte:.0f} bytes (bar 1000)",
        f"--help: {_median(rounds, '--help'):.2f} s CPU (bar 0.3)",
    ]


def _gain(rounds: Sequence[Round], name: str) -> float:
    return median(each.costs[name].wall_s / each.costs[f"{name}, 2 jobs"].wall_s for each in rounds)


def _median(rounds: Sequence[Round], name: str) -> float:
    return median(each.costs[name].cpu_s for each in rounds)


if __name__ == "__main__":
    main()
