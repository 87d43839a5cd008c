"""The papers, printers and scanners the accuracy is measured under, and the marks people make."""

from collections.abc import Mapping
from dataclasses import dataclass

from numpy.random import Generator

from benchmarks.training.scenes import PHOTOS, random_photo, random_printer, random_scanner
from kryds.samples.paper.acts import EVERYTHING, USUAL, Act
from kryds.samples.paper.phone import PHONE, PhotoProfile
from kryds.samples.paper.printer import COPY_OF_A_COPY, INKJET, LASER, RECYCLED, SHRUNK, PrinterProfile
from kryds.samples.paper.scanner import (
    COLOUR_150,
    DAMAGED_OFFICE,
    HARD_JPEG_200,
    OFFICE_BILEVEL_300,
    OFFICE_GREY_300,
    ScannerProfile,
)


@dataclass(frozen=True, slots=True)
class Condition:
    """A printer and a scanner under a name."""

    name: str
    printer: PrinterProfile
    scanner: ScannerProfile | PhotoProfile


CONDITIONS = (
    Condition("300 dpi grey", LASER, OFFICE_GREY_300),
    Condition("300 dpi bilevel", INKJET, OFFICE_BILEVEL_300),
    Condition("200 dpi hard JPEG", SHRUNK, HARD_JPEG_200),
    Condition("150 dpi colour", RECYCLED, COLOUR_150),
    Condition("copy of a copy", COPY_OF_A_COPY, OFFICE_GREY_300),
    Condition("damaged office", LASER, DAMAGED_OFFICE),
    Condition("phone photo", LASER, PHONE),
)


def random_condition(rng: Generator) -> Condition:
    """A printer, and a scanner or phone, as the networks learn from them: far wider than the seven, some too far."""
    scanner = random_photo(rng) if rng.random() < PHOTOS else random_scanner(rng)
    kind = "photo" if isinstance(scanner, PhotoProfile) else scanner.depth.value
    return Condition(f"any {kind}", random_printer(rng), scanner)


#: Marks that somebody may make throughout, where others cross.
THROUGHOUT = (
    Act.TICK,
    Act.SLASH,
    Act.DASH,
    Act.CROSS_TWICE,
    Act.LOOPED_CROSS,
    Act.CIRCLED_CROSS,
    Act.CIRCLE,
    Act.BULLET,
)


def _throughout(act: Act) -> Mapping[Act, float]:
    """Somebody's habits who marks so: now and then a row is left blank, written in or corrected."""
    return {act: 0.88, Act.BLANK: 0.04, Act.CHARACTER: 0.03, Act.CORRECTION: 0.03, Act.WORDS_ALONE: 0.02}


#: What people do to the items: what offices see, every kind of mark equally often, or one kind on all pages.
HABITS: Mapping[str, Mapping[Act, float]] = {
    "usual": USUAL,
    "everything": EVERYTHING,
    **{act.value: _throughout(act) for act in THROUGHOUT},
}
