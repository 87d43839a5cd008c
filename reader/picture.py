"""A page's pixels in the sizes the stages ask for; the whole of them only where somebody asks."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from kryds.reader.fiducials import Gray, Reduced, reduce_page
from kryds.reader.grain import from_reading_distance
from kryds.reader.scan_page import ScanPage
from kryds.reader.settings import ReaderSettings


@dataclass(frozen=True, eq=False)
class Picture:
    """``reduced`` is the page at working size, ``at_hand`` the finest that is decoded already.

    ``decode`` gives the page as stored; ``stored`` is what it gave, uint8 (H, W), asked for once at most.
    """

    reduced: Reduced
    at_hand: Reduced
    decode: Callable[[], Gray]

    @cached_property
    def stored(self) -> Gray:
        """Every pixel there is. Decodes the page a second time where it came reduced: for pages in trouble."""
        return self.at_hand.gray if self.at_hand.factor == 1 else self.decode()

    @property
    def is_whole(self) -> bool:
        """Whether what is at hand is all there is."""
        return self.at_hand.factor == 1


Source = tuple[Picture, float]
"""A page's picture, and the grey value of print on it."""


def picture_of(page: ScanPage, settings: ReaderSettings) -> Picture:
    """The pictures of a page; one that its decoder reduced is at working size already."""
    at_hand = at_hand_of(page)
    if page.whole:
        return Picture(at_hand, at_hand, page.whole.decode)
    gray = from_reading_distance(page.gray, settings)
    return Picture(reduce_page(gray, settings), Reduced(gray, 1), lambda: gray)


def at_hand_of(page: ScanPage) -> Reduced:
    """What is decoded of a page already, as it was scanned: for a person to see."""
    return Reduced(page.gray, page.whole.factor if page.whole else 1)
