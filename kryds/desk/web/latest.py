"""The results as last worked out, so that a page need not gather a thousand sheets for each visitor."""

from dataclasses import dataclass, field
from threading import Lock

from kryds.desk.result import Gathered, Result, gather, result_of
from kryds.desk.store import Stamp, Store

#: So many piles are kept at hand; a pile of a thousand sheets takes some 100 MB.
PILES_AT_HAND = 4


@dataclass(frozen=True)
class _Known:
    stamp: Stamp
    gathered: Gathered
    result: Result


@dataclass
class Latest:
    """Results by pile, the last used last. Safe for several threads: each pile is worked out by one at a time."""

    _known: dict[str, _Known] = field(default_factory=dict)
    _locks: dict[str, Lock] = field(default_factory=dict)

    def result(self, store: Store) -> Result:
        """The result as the store has it now."""
        return self._latest(store).result

    def gathered(self, store: Store) -> Gathered:
        """The sheets as the store has them now, before anybody decided anything."""
        return self._latest(store).gathered

    def forget(self, pile: str) -> None:
        """Lets go of a pile."""
        self._known.pop(pile, None)

    def _latest(self, store: Store) -> _Known:
        with self._locks.setdefault(store.pile, Lock()):
            stamp = store.stamp()
            known = self._known.pop(store.pile, None)
            if known is None or known.stamp != stamp:
                same_pages = known is not None and known.stamp.pages == stamp.pages
                gathered = known.gathered if known and same_pages else gather(store)
                known = _Known(stamp, gathered, result_of(gathered, store))
            self._known[store.pile] = known
            for pile in list(self._known)[:-PILES_AT_HAND]:
                self._known.pop(pile, None)
            return known
