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


#: What people do to the items: what offices see, or every kind of mark equally often.
HABITS: Mapping[str, Mapping[Act, float]] = {"usual": USUAL, "everything": EVERYTHING}
