"""What is printed on each page so that it can be told from every other: the page code and the coded fiducials.

The page code is text in a QR symbol (alphanumeric mode of ISO/IEC 18004: A-Z 0-9 and a few signs):

    MUS-LEDER/1A2B3C4D/12/1/QX        form / digest / copy / page / check
    MUS-LEDER/1A2B3C4D/K7Q2-12/1/QX   the same for a roster, whose run keeps its numbers apart from other rosters'
    MUS-LEDER/1A2B3C4D/0/1/QX         an unnumbered sheet, made to be photocopied

A page whose code is lost still tells its edition and page through the identities of its fiducials.
"""

import base64
import hashlib
import re
from dataclasses import dataclass

#: Identities in the AprilTag 36h11 dictionary (E. Olson, 2011), and how many one page uses.
MARKERS = 587
SLOTS_PER_PAGE = 6
#: Pages that can be told apart by their fiducials alone; the largest prime that fits, so that pages spread evenly.
MARKER_GROUPS = 97

#: The highest copy that can be printed: nine digits.
MAX_COPY = 999_999_999

_PATTERN = re.compile(
    r"(?P<form>[A-Z0-9-]{1,24})/(?P<digest>[0-9A-F]{8})/(?:(?P<run>[A-Z2-7]{4})-)?(?P<copy>0|[1-9][0-9]{0,8})"
    r"/(?P<page>[1-9][0-9]{0,2})/(?P<check>[A-Z2-7]{2})"
)
#: A serial number as people read it; browsers understand it too.
SERIAL = "(?:[A-Z2-7]{4}-)?[1-9][0-9]{0,8}"


@dataclass(frozen=True, slots=True)
class PageCode:
    """One page of one sheet. ``copy`` 0 is an unnumbered sheet; ``run`` is empty, or four letters naming a roster."""

    form_id: str
    digest: str
    run: str
    copy: int
    page: int

    @property
    def sheet(self) -> str:
        """The serial number as people read it: 12, or K7Q2-12 on a sheet of a roster; empty when unnumbered."""
        return serial_of(self.run, self.copy) if self.copy else ""


def encode(code: PageCode) -> str:
    """The text of the page code, check characters last."""
    run = f"{code.run}-" if code.run else ""
    body = f"{code.form_id}/{code.digest}/{run}{code.copy}/{code.page}".upper()
    return f"{body}/{_check(body)}"


def decode(text: str) -> PageCode | None:
    """The page code that ``text`` spells, or None when it is not ours or its check characters are wrong."""
    match = _PATTERN.fullmatch(text)
    if match is None or _check(text.rpartition("/")[0]) != match["check"]:
        return None
    return PageCode(
        form_id=match["form"].lower(),
        digest=match["digest"].lower(),
        run=match["run"] or "",
        copy=int(match["copy"]),
        page=int(match["page"]),
    )


def serial_of(run: str, copy: int) -> str:
    """The serial number of a sheet, by run ("" for none) and copy, as it is printed."""
    return f"{run}-{copy}" if run else str(copy)


def sheet_in(text: str) -> tuple[str, int] | None:
    """The run ("" for none) and copy of a serial number as somebody wrote it; None when none is written like that."""
    serial = "".join(text.split()).upper()
    if not re.fullmatch(SERIAL, serial):
        return None
    run, _, copy = serial.rpartition("-")
    return run, int(copy)


def run_of(roster: bytes) -> str:
    """The four letters that name a roster: the same list gives the same run, another list (nearly) never does."""
    return base64.b32encode(hashlib.sha256(roster).digest())[:4].decode()


def marker_group(digest: str, page: int) -> int:
    """Which of the MARKER_GROUPS groups of identities page ``page`` (from 1) of this edition wears."""
    return (int(digest, 16) + page - 1) % MARKER_GROUPS


def marker_id(digest: str, page: int, slot: int) -> int:
    """The identity (0 to 586) of the fiducial in ``slot`` of page ``page`` of the edition with this digest."""
    return marker_group(digest, page) * SLOTS_PER_PAGE + slot


def _check(body: str) -> str:
    """Two base-32 characters over the text: a misread code passes once in 1,024 times."""
    return base64.b32encode(hashlib.sha256(body.encode()).digest())[:2].decode()
