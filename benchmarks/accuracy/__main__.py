"""One command: ``python -m benchmarks.accuracy --rows 2000 --out DIR``."""

import argparse
import os
import time
from pathlib import Path

from benchmarks.accuracy.conditions import HABITS
from benchmarks.accuracy.corpus import SEED, TRUTH_FILE, Crowd, load_cases, make_corpus, people
from benchmarks.accuracy.reading import read_by_command, read_by_core
from benchmarks.accuracy.tally import calibration_error, judge, lines, pages_lost, reliability
from benchmarks.accuracy.worst import draw_worst


def main() -> None:
    """Make the corpus, read it, print the tables, draw the worst rows."""
    options = _options()
    hands = people(options.strokes, developing=options.developing)
    began = time.perf_counter()
    crowd = Crowd(hands, HABITS[options.habits], options.seed, any_paper=options.any_paper)
    edition = make_corpus(options.out / "corpus", options.rows, crowd, jobs=options.jobs)
    made = time.perf_counter()
    if options.core:
        verdicts = read_by_core(options.out / "corpus", edition, jobs=options.jobs)
    else:
        verdicts = read_by_command(options.out / "corpus", options.out / "sheets.pdf", options.out / "read")
    read = time.perf_counter()
    judged = judge(load_cases(options.out / TRUTH_FILE), verdicts)
    which = "developing" if options.developing else "held-back"
    which = f"{which} writers, {options.habits} habits"
    times = f"made in {made - began:.0f} s, read in {read - made:.0f} s"
    print(f"{len(judged)} rows by {len(hands)} {which}: {times}\n")
    for title, key in (("scan", "condition"), ("mark", "act"), ("pen", "pen")):
        print("\n".join(lines(judged, title, key)), "\n")
    lost, pages = pages_lost(judged)
    print(f"pages lost: {lost} of {pages}\n")
    print("\n".join(reliability(judged)), "\n")
    error = calibration_error(judged)
    print("no decided row has a confidence above 0.9" if error is None else f"calibration error above 0.9: {error:.4f}")
    drawn = draw_worst(judged, options.out / "corpus", options.out / "worst.png")
    print(f"the {drawn} worst rows are in {options.out / 'worst.png'}" if drawn else "no row was read wrong")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.accuracy", description=__doc__)
    parser.add_argument("--rows", type=int, default=2000, help="how many items at least (default 2000)")
    parser.add_argument("--out", type=Path, required=True, help="folder for the scans, the truth and the reading")
    parser.add_argument("--strokes", type=Path, help="folder of real pen strokes (JSON lines); without it, drawn ones")
    parser.add_argument("--habits", choices=sorted(HABITS), default="usual", help="what people do (default usual)")
    parser.add_argument("--any-paper", action="store_true", help="printers, scanners and pens drawn at random")
    parser.add_argument("--seed", type=int, default=SEED, help="another one gives other sheets by the same hands")
    parser.add_argument("--developing", action="store_true", help="the other writers: for tuning")
    parser.add_argument("--core", action="store_true", help="the reading core alone, not the whole command")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="processes (default: one per processor)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
