"""Who settles what next: every open answer of a pile, riskiest first, handed to one person at a time.

Handing out is a courtesy that keeps people from the same row; that no decision is lost or doubled is the store's
promise, which takes a decision only after the one its maker has seen.
"""

import time
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import RLock

from kryds.desk.decisions import DIFFERENCE, FIRST, SECOND, Decision, question_of
from kryds.desk.result import Gathered
from kryds.desk.review_queue import OpenItem, open_items
from kryds.desk.store import Store
from kryds.model.reading import AnswerState

#: How long a row is kept for whom it was shown to, in seconds: a long look, or a cup of coffee fetched.
KEPT_S = 120

#: A row by source, page index (from 0) and item.
RowKey = tuple[str, int, str]


@dataclass(frozen=True)
class Ask:
    """A row for one person: ``turn`` is whose word is asked for, ``after`` the number of the word there last.

    ``words`` are what two people said where they differ.
    """

    key: RowKey
    item: OpenItem
    turn: int
    after: int
    words: tuple[Decision, ...] = ()


@dataclass(frozen=True, slots=True)
class Word:
    """What a person says: ANSWERED with a choice (from 1), BLANK or MULTIPLE without; DOUBTFUL takes it back.

    Which sheet a page is of is ANSWERED with the sheet's number.
    """

    state: AnswerState
    choice: int | None = None
    sheet: str = ""


@dataclass
class Queue:
    """The rows of one pile. Safe for several threads."""

    store: Store
    people: int = 1
    _items: dict[RowKey, OpenItem] = field(default_factory=dict)
    _questions: dict[RowKey, str] = field(default_factory=dict)
    _rank: dict[RowKey, int] = field(default_factory=dict)
    _waiting: dict[RowKey, tuple[int, ...]] = field(default_factory=dict)
    _said: dict[RowKey, dict[int, Decision]] = field(default_factory=dict)
    _kept: dict[tuple[RowKey, int], tuple[str, float]] = field(default_factory=dict)
    _gathered: Gathered | None = None
    _last: int = 0
    _lock: RLock = field(default_factory=RLock)

    def refresh(self, gathered: Gathered) -> None:
        """Takes in what was read and decided since."""
        with self._lock:
            people = self.store.people()
            is_new = gathered is not self._gathered or people != self.people
            self.people = people
            if gathered is not self._gathered:
                found = open_items(gathered.sheets, gathered.editions, gathered.named)
                self._items = {(item.page.source, item.page.index, item.answer.item_id): item for item in found}
                self._questions = {key: question_of(item.answer) for key, item in self._items.items()}
                self._rank = {key: rank for rank, key in enumerate(self._items)}
                self._gathered = gathered
            self._hear()
            if is_new:
                self._waiting = {key: turns for key in self._items if (turns := self._open_turns(key))}

    @property
    def total(self) -> int:
        """How many rows there are, settled or not."""
        return len(self._items)

    def waiting(self) -> int:
        """How many rows are not settled."""
        return len(self._waiting)

    def open_rows(self) -> tuple[RowKey, ...]:
        """The rows that are not settled."""
        return tuple(self._waiting)

    def find(self, key: RowKey) -> OpenItem | None:
        """The row, settled or not."""
        return self._items.get(key)

    def next(self, who: str, count: int, but: Collection[RowKey] = ()) -> list[Ask]:
        """The rows for this person now, but for some: at most ``count``, nobody else's while there are others."""
        free: list[Ask] = []
        others: list[Ask] = []
        with self._lock:
            # Where two differ comes up when both have had their say on the rest.
            in_order = sorted(self._waiting, key=lambda key: self._waiting[key] == (DIFFERENCE,))
            for key in in_order:
                ask = self.ask(key, who) if key not in but else None
                if ask:
                    (others if self._is_kept(ask.key, ask.turn, who) else free).append(ask)
                if len(free) == count:
                    break
            chosen = (free or others)[:count]
            until = time.monotonic() + KEPT_S
            self._kept |= {(ask.key, ask.turn): (who, until) for ask in chosen}
            return chosen

    def ask(self, key: RowKey, who: str) -> Ask | None:
        """What this person is asked about the row; None when nothing."""
        item = self._items.get(key)
        open_turns = self._waiting.get(key, ())
        said = self._live(key)
        if item is None or not open_turns:
            return None
        if open_turns == (DIFFERENCE,):
            return Ask(key, item, DIFFERENCE, self._number(key, DIFFERENCE), (said[FIRST], said[SECOND]))
        if any(said[turn].who == who for turn in (FIRST, SECOND) if turn in said):
            return None
        kept = [turn for turn in open_turns if self._is_kept(key, turn, who)]
        turn = next((each for each in open_turns if each not in kept), open_turns[0])
        return Ask(key, item, turn, self._number(key, turn))

    def decide(self, ask: Ask, who: str, word: Word) -> bool:
        """Writes the word down, unless another's came first."""
        with self._lock:
            now = self.ask(ask.key, who)
            if now is None or (ask.turn, ask.after) != (now.turn, now.after):
                return False
            self._kept.pop((ask.key, ask.turn), None)
            return self._write(ask, who, word)

    def take_back(self, key: RowKey, who: str) -> bool:
        """Takes this person's word on a row back, if it is the last that was said there."""
        with self._lock:
            item = self._items.get(key)
            own = [turn for turn, said in self._live(key).items() if said.who == who]
            if item is None or not own:
                return False
            turn = max(own)
            ask = Ask(key, item, turn, self._number(key, turn))
            self._kept[key, turn] = (who, time.monotonic() + KEPT_S)
            return self._write(ask, who, Word(AnswerState.DOUBTFUL))

    def last_of(self, who: str) -> RowKey | None:
        """The row this person spoke of last."""
        with self._lock:
            own = [(said.number, key) for key in self._items for said in self._live(key).values() if said.who == who]
            return max(own)[1] if own else None

    def _write(self, ask: Ask, who: str, word: Word) -> bool:
        decision = Decision(
            digest=ask.item.sheet.digest,
            sheet=word.sheet or ask.item.sheet.sheet,
            source=ask.item.page.source,
            index=ask.item.page.index,
            item_id=ask.item.answer.item_id,
            state=word.state,
            choice=word.choice,
            who=who,
            when=datetime.now(UTC).isoformat(timespec="milliseconds"),
            why=question_of(ask.item.answer),
            turn=ask.turn,
        )
        stands = self.store.decide(decision, after=ask.after)
        self._hear()
        return stands

    def _live(self, key: RowKey) -> dict[int, Decision]:
        """The words that hold on the row, by turn: not taken back, and about the question that is put now."""
        item = self._items.get(key)
        return {
            turn: said
            for turn, said in self._said.get(key, {}).items()
            if item
            and said.state is not AnswerState.DOUBTFUL
            and said.why == self._questions[key]
            and said.digest == item.sheet.digest
        }

    def _number(self, key: RowKey, turn: int) -> int:
        said = self._said.get(key, {}).get(turn)
        return said.number if said else 0

    def _open_turns(self, key: RowKey) -> tuple[int, ...]:
        """Whose word is lacking; none when the row is settled."""
        said = self._live(key)
        if DIFFERENCE in said:
            return ()
        lacking = tuple(turn for turn in (FIRST, SECOND)[: self.people] if turn not in said)
        if lacking or self.people == 1:
            return lacking
        words = {said[turn].word for turn in (FIRST, SECOND)}
        return (DIFFERENCE,) if len(words) > 1 else ()

    def _is_kept(self, key: RowKey, turn: int, who: str) -> bool:
        """Whether the row is in the hands of another."""
        keeper, until = self._kept.get((key, turn), ("", 0.0))
        return keeper not in ("", who) and until > time.monotonic()

    def _hear(self) -> None:
        """Takes in the words said since, here or by way of another server."""
        for said in self.store.decisions(after=self._last):
            key = (said.source, said.index, said.item_id)
            self._said.setdefault(key, {})[said.turn] = said
            self._last = max(self._last, said.number)
            if key in self._items:
                self._put(key)

    def _put(self, key: RowKey) -> None:
        """The row among those that wait, or not."""
        turns = self._open_turns(key)
        if not turns:
            self._waiting.pop(key, None)
        elif key in self._waiting:
            self._waiting[key] = turns
        else:  # open again: back to its place
            self._waiting = dict(sorted([*self._waiting.items(), (key, turns)], key=lambda row: self._rank[row[0]]))


def words_for(choices: int) -> dict[str, Word]:
    """What may be said of a row with so many choices, by the word a page sends."""
    words = {str(choice): Word(AnswerState.ANSWERED, choice) for choice in range(1, choices + 1)}
    return words | {"blank": Word(AnswerState.BLANK), "multiple": Word(AnswerState.MULTIPLE)}
