"""The edition and the roster that travel inside a printed PDF."""

from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from kryds.generator.attach import EDITION_FILE, ROSTER_FILE
from kryds.model.edition import Edition
from kryds.model.errors import ArgumentError
from kryds.model.roster import Roster


@dataclass(frozen=True)
class Printed:
    """What a printed PDF tells of itself."""

    edition: Edition
    roster: Roster | None


def open_printed(path: Path) -> Printed:
    """What stands in a PDF ``kryds print`` wrote. Raises ArgumentError when it is none, FormError when damaged."""
    try:
        attachments = {name: contents[0] for name, contents in PdfReader(path).attachments.items() if contents}
    except OSError as error:
        raise ArgumentError(f"{path}: cannot be opened ({error.strerror}); check the name") from error
    except (PyPdfError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise ArgumentError(f"{path}: is not a PDF that can be opened; name the file kryds print wrote") from error
    if EDITION_FILE not in attachments:
        raise ArgumentError(f"{path}: holds no edition; name the file kryds print wrote, not a scan of it")
    source = f"{path}, {EDITION_FILE}"
    roster = attachments.get(ROSTER_FILE)
    return Printed(
        edition=Edition.from_json(attachments[EDITION_FILE], source),
        roster=Roster.from_json(roster, f"{path}, {ROSTER_FILE}") if roster else None,
    )
