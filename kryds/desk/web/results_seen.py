"""What a visitor may see of a pile's result: as it is now, or, for readers, as it could last be shown."""

from dataclasses import dataclass, field
from threading import Lock
from weakref import ref

from starlette.requests import Request

from kryds.desk.result import Result
from kryds.desk.web.desk import Desk, now
from kryds.desk.web.register import Pile
from kryds.desk.web.results_groups import Division, divisions, forms_of, people_of
from kryds.desk.web.results_showings import Showings, showing_of
from kryds.desk.web.visitor import Right
from kryds.scoring.divide import DividedResult

#: Among the results kept at hand, the language of those that readers see.
READERS = "readers"
#: Divided results kept at hand, by pile, language and smallest group.
AT_HAND = 8


@dataclass(frozen=True)
class Seen:
    """A pile's result as a visitor sees it; ``as_of`` is when it was so, empty when it is as of now.

    ``why_not`` names a phrase that says why there is nothing to see: results.none_<why_not>.
    """

    divisions: tuple[Division, ...] = ()
    as_of: str = ""
    why_not: str = ""

    @property
    def forms(self) -> tuple[DividedResult, ...]:
        """The forms, undivided."""
        return self.divisions[0].results if self.divisions else ()


@dataclass
class Sight:
    """Divided results as last worked out: a thousand sheets take a second, and a page must not.

    They hold counts; of the result they came from, which tells what each sheet says, only whether it is the same.
    """

    desk: Desk
    known: dict[tuple[str, str, int], tuple[ref[Result], Seen]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def of(self, request: Request, pile: Pile) -> Seen:
        """The pile undivided, then divided by each column; as it is now for who may open every sheet of it anyhow."""
        result = self.desk.result(pile)
        if self.desk.visitor(request).may(Right.SETTLE):
            return self._known(pile, result, self.desk.phrases(request).language)
        if self.desk.jobs.is_busy(pile.id) or result.open_items:
            why = "waiting" if result.open_items else "reading"
            last = Showings(self.desk.engine).last(pile)
            return Seen(last.divisions, last.at) if last else Seen(why_not=why)
        return self._known(pile, result, READERS)

    def _known(self, pile: Pile, result: Result, language: str) -> Seen:
        with self.lock:
            key = pile.id, language, pile.min_group
            known = self.known.pop(key, None)
            if known is None or known[0]() is not result:
                known = ref(result), self._looked(pile, result, language)
            self.known[key] = known
            for old in list(self.known)[:-AT_HAND]:
                self.known.pop(old)
        return known[1]

    def _looked(self, pile: Pile, result: Result, language: str) -> Seen:
        forms, store = forms_of(result, language), self.desk.store(pile)
        people = people_of(store.rosters())
        divided = divisions(forms, people, pile.min_group)
        if not forms:
            return Seen(why_not="nothing")
        if language != READERS:
            return Seen(divided)
        present = showing_of(now(), forms, (divided, people), store.files())
        shown = Showings(self.desk.engine).show(pile, present)
        if shown is None:
            return Seen(why_not="held")
        return Seen(shown.divisions, "" if shown.forms == present.forms else shown.at)
