"""The whole way on the bundled sample: printed, filled in and scanned by software paper, then read like any pile."""

from pathlib import Path

from kryds.desk.voice import Voice
from kryds.desk.workflow import Manner, Outcome, Pile, Place, make_folder, read_scans
from kryds.samples.pile import BLANK_FILE, PILE_FILE, make_pile


def run_demo(folder: Path, language: str | None, voice: Voice) -> Outcome:
    """Makes the pile in ``folder`` and reads it into ``folder/result``."""
    make_folder(folder)
    voice.warn("demo_pile", folder=folder)
    make_pile(folder)
    pile = Pile((folder / PILE_FILE,), printed=(folder / BLANK_FILE,))
    voice.warn("demo_read", pile=folder / PILE_FILE)
    return read_scans(pile, Place(folder / "result"), Manner(language), voice)
