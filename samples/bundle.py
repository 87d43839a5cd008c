"""All files of this folder that are made, not written: the pile, the truth about it, and the summary of reading it.

    python -m kryds.samples.bundle samples/

writes them byte for byte again. The pile is read as a user would: with the printed PDF, in Danish.
"""

import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from kryds.desk.voice import Voice
from kryds.desk.workflow import Manner, Pile, Place, read_scans
from kryds.samples.pile import BLANK_FILE, LANGUAGE, PILE_FILE, make_pile

SUMMARY_FILE = "summary.pdf"


def make_bundle(folder: Path) -> None:
    """Writes the pile, its truth and its summary into ``folder``."""
    make_pile(folder)
    pile = Pile((folder / PILE_FILE,), printed=(folder / BLANK_FILE,), jobs=1)
    with TemporaryDirectory() as place:
        read_scans(pile, Place(Path(place)), Manner(LANGUAGE), Voice.in_language(LANGUAGE))
        shutil.copyfile(Path(place) / SUMMARY_FILE, folder / SUMMARY_FILE)


if __name__ == "__main__":
    make_bundle(Path(sys.argv[1]))
