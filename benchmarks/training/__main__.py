"""Trains the two mark networks: ``python -m benchmarks.training --strokes FOLDER --out reader``.

Needs PyTorch and onnx (``pip install --group training``) and an hour and three quarters on two cores, 40 minutes of it
to make the pages. FOLDER holds real pen strokes as samples/paper/ink.py reads them. A fifth of the writers is kept for
measuring, a tenth for calibrating the chances.
"""

import argparse
from dataclasses import fields
from pathlib import Path

import numpy as np

from benchmarks.training.corpus import Examples, make_examples, worth_a_look
from benchmarks.training.network import FIRST, SECOND, Calibration, write_onnx
from benchmarks.training.train import Recipe, chances, fitted_temperature, logits, train
from kryds.reader.network import Likeness
from kryds.samples.paper.hand import Part

#: Page numbers of the two corpora; they seed the pages, so they must not overlap.
TRAINING_FROM, CALIBRATION_FROM = 1_000, 100_000
CALIBRATION_PAGES = 700
#: The files, what the network in each sees, and how often it learns from every page: a second look costs more to learn.
NETWORKS = {"marks.onnx": (FIRST, 40), "second_look.onnx": (SECOND, 22)}


def main() -> None:
    """Makes both corpora; trains each network, calibrates it on writers not trained on, writes it, says how good it is.

    The files stand beside each other in the folder ``--out``.
    """
    arguments = _arguments()
    first, second = TRAINING_FROM, CALIBRATION_FROM
    learnt = _corpus(arguments, range(first, first + arguments.pages), Part.TRAINING)
    calibrated = _corpus(arguments, range(second, second + CALIBRATION_PAGES), Part.CALIBRATION)
    for name in arguments.only or NETWORKS:
        _make(name, learnt, calibrated, arguments)


def _make(name: str, learnt: Examples, calibrated: Examples, arguments: argparse.Namespace) -> None:
    sees, epochs = NETWORKS[name]
    network = train(learnt, sees, Recipe(epochs=arguments.epochs or epochs))
    raw = logits(network, calibrated)
    temperature = fitted_temperature(raw, calibrated.labels)
    _report(chances(raw, temperature), calibrated.labels, temperature)
    shares = np.bincount(learnt.labels, minlength=len(Likeness)) / len(learnt.labels)
    about = (
        f"Marks in boxes of 6 mm at 6 px/mm: {len(learnt.labels)} windows of {arguments.pages} simulated pages, "
        f"synthetic strokes and real ones of UNIPEN (CC BY 4.0, I. Guyon et al. 1994), detexify (ODbL 1.0), $1 and MMG "
        f"(New BSD, J. O. Wobbrock et al. 2007, L. Anthony et al. 2012), seed {Recipe.seed}, calibrated on others "
        f"(temperature {temperature:.2f}); shares of empty, crossed, cancelled, unclear, touched, written: "
        + ", ".join(f"{share:.4f}" for share in shares)
    )
    out = arguments.out / name
    write_onnx(network, Calibration(temperature, tuple(shares.tolist())), out, about)
    print(f"{out}: {out.stat().st_size} bytes; {about}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strokes", type=Path, required=True, help="folder of real pen strokes")
    parser.add_argument("--out", type=Path, default=Path("reader"), help="folder of the two files")
    parser.add_argument("--only", nargs="*", choices=NETWORKS, help="only these")
    parser.add_argument("--pages", type=int, default=6000, help="simulated pages to learn from")
    parser.add_argument("--epochs", type=int, help="instead of as many as each network was made with")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--cache", type=Path, help="folder to keep the corpora in between runs")
    return parser.parse_args()


def _corpus(arguments: argparse.Namespace, pages: range, part: Part) -> Examples:
    """The boxes of these pages that are worth a closer look."""
    kept = arguments.cache and arguments.cache / f"{pages.start}-{pages.stop}.npz"
    if kept and kept.exists():
        with np.load(kept) as data:
            return worth_a_look(Examples(**data))
    examples = make_examples(arguments.strokes, pages, part, jobs=arguments.jobs)
    if kept:
        np.savez(kept, **{field.name: getattr(examples, field.name) for field in fields(Examples)})
    return worth_a_look(examples)


def _report(got: np.ndarray, labels: np.ndarray, temperature: float) -> None:
    """Confusions at certainty, and the reliability of the chances, on writers not trained on."""
    top, said = got.max(axis=1), got.argmax(axis=1)
    print(f"calibration: {len(labels)} windows, temperature {temperature:.2f}, accuracy {(said == labels).mean():.4f}")
    for low, high in ((0, 0.5), (0.5, 0.9), (0.9, 0.99), (0.99, 0.999), (0.999, 1.01)):
        within = (top >= low) & (top < high)
        right = (said == labels)[within].mean() if within.any() else float("nan")
        print(f"  chance {low:.3f}-{min(high, 1):.3f}: {within.sum():6d} windows, right {right:.5f}")
    sure = top >= 0.99
    table = np.zeros((len(Likeness), len(Likeness)), int)
    np.add.at(table, (labels[sure], said[sure]), 1)
    print("sure (0.99 and up), rows true, columns said (empty, crossed, cancelled, unclear, touched, written):")
    print(table)


if __name__ == "__main__":
    main()
