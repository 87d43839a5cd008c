"""The results as last worked out, so that a page need not gather a thousand sheets for each visitor."""

import time
from dataclasses import dataclass, field
from threading import Lock, Thread

from kryds.desk.result import Gathered, Result, gather, result_of
from kryds.desk.store import Stamp, Store

#: A pile that is being read changes with every page, and gathering a thousand sheets takes a second. Then it is
#: gathered anew only when so many times as long as it took have passed, which costs a tenth of a core at most, and
#: beside the requests, which are given the last meanwhile.
LAG = 10
#: So many piles are kept at hand; a pile of a thousand sheets takes some 100 MB.
PILES_AT_HAND = 4


@dataclass(frozen=True)
class _Known:
    stamp: Stamp
    gathered: Gathered
    result: Result
    fresh_until: float = 0.0


@dataclass
class Latest:
    """Results by pile, the last used last. Safe for several threads: each pile is worked out by one at a time."""

    _known: dict[str, _Known] = field(default_factory=dict)
    _locks: dict[str, Lock] = field(default_factory=dict)
    _ahead: set[str] = field(default_factory=set)

    def result(self, store: Store, *, may_lag: bool = False) -> Result:
        """The result as the store has it now; ``may_lag``: or had a moment ago, as while pages are being read."""
        return self._latest(store, may_lag=may_lag).result

    def gathered(self, store: Store, *, may_lag: bool = False) -> Gathered:
        """The sheets, as above, before anybody decided any answer."""
        return self._latest(store, may_lag=may_lag).gathered

    def look_ahead(self, store: Store) -> None:
        """Begins to work the result out beside the requests, so that none waits for it; not all the time (LAG)."""
        known = self._known.get(store.pile)
        if store.pile in self._ahead or (known and time.monotonic() < known.fresh_until):
            return
        self._ahead.add(store.pile)
        Thread(target=self._work_ahead, args=(store,), daemon=True).start()

    def _work_ahead(self, store: Store) -> None:
        try:
            self._latest(store, may_lag=False)
        finally:
            self._ahead.discard(store.pile)

    def forget(self, pile: str) -> None:
        """Lets go of a pile."""
        self._known.pop(pile, None)

    def _latest(self, store: Store, *, may_lag: bool) -> _Known:
        known = self._known.get(store.pile)
        if may_lag and known:
            self.look_ahead(store)
            return known
        with self._locks.setdefault(store.pile, Lock()):
            known, stamp = self._known.get(store.pile), store.stamp()
            if known is None or known.stamp != stamp:
                known = _worked_out(store, stamp, known)
            self._known.pop(store.pile, None)
            self._known[store.pile] = known
            for pile in list(self._known)[:-PILES_AT_HAND]:
                self._known.pop(pile, None)
            return known


def _worked_out(store: Store, stamp: Stamp, before: _Known | None) -> _Known:
    """The result anew; its sheets too, unless only decisions were added."""
    begun = time.monotonic()
    gathered = gather(store, before.gathered if before and before.stamp.pages == stamp.pages else None, brief=True)
    result = result_of(gathered, store)
    ended = time.monotonic()
    return _Known(stamp, gathered, result, ended + LAG * (ended - begun))
