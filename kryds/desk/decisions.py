"""What reviewers decided, laid beside what the reader read: readings are never changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kryds.model.reading import SHEET_ITEM, Answer, AnswerState, SheetReading

#: Whose word a decision is: the first person's (where one settles: the only), the second's, or on their difference.
FIRST, SECOND, DIFFERENCE = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Decision:
    """One person's word on one item of one scanned page.

    ``source`` and ``index`` (from 0) are the page that was looked at: should another scan of the sheet take its place,
    the person is asked again. ``why`` is the question that was put (``question_of``): should a later scan raise another
    one about the same item, it is asked. ``state`` is ANSWERED with a ``choice`` (from 1), BLANK or MULTIPLE without;
    DOUBTFUL takes the word before it back, and the item awaits a person again. ``when`` is the time in UTC, ISO 8601.
    ``turn`` tells whose word it is where two people settle: the FIRST's, the SECOND's, or the one on their DIFFERENCE.
    ``number`` is what the store knows it by, counting up; 0 while it is in no store.
    Where ``item_id`` is SHEET_ITEM, the word is which sheet the page is of: ``sheet``, ANSWERED without a choice.
    """

    digest: str
    sheet: str
    source: str
    index: int
    item_id: str
    state: AnswerState
    choice: int | None
    who: str
    when: str
    why: str = ""
    turn: int = FIRST
    number: int = 0

    @property
    def word(self) -> tuple[AnswerState, int | None, str]:
        """What was said: equal words agree."""
        return self.state, self.choice, self.sheet if self.item_id == SHEET_ITEM else ""


def question_of(answer: Answer) -> str:
    """What a person is asked about an answer, as text: the reasons, and what fills their blanks."""
    return "; ".join(" ".join((reason.kind, *(value for _, value in reason.values))) for reason in answer.reasons)


def held(decisions: Sequence[Decision], people: int) -> tuple[Decision, ...]:
    """The decisions that hold where ``people`` (1 or 2) settle each item: what they agree on, or were told to."""
    said: dict[tuple[str, int, str], dict[int, Decision]] = {}
    for each in decisions:
        said.setdefault((each.source, each.index, each.item_id), {})[each.turn] = each
    return tuple(word for turns in said.values() if (word := _word(turns, people)))


def _word(turns: Mapping[int, Decision], people: int) -> Decision | None:
    """What the latest words of each turn come to."""
    said = {turn: word for turn, word in turns.items() if word.state is not AnswerState.DOUBTFUL}
    if DIFFERENCE in said:
        return said[DIFFERENCE]
    if people == 1:
        return said.get(FIRST)
    first, second = said.get(FIRST), said.get(SECOND)
    if not first or not second or first.why != second.why or first.digest != second.digest:
        return None
    if first.word != second.word:
        return None
    return replace(second, who=f"{first.who} + {second.who}")


def settle(sheets: Sequence[SheetReading], decisions: Sequence[Decision]) -> tuple[SheetReading, ...]:
    """The sheets with the decisions laid over the answers they speak of; of two on one item the later holds."""
    latest = {(each.source, each.index, each.item_id): each for each in decisions}
    return tuple(_settled(sheet, latest) for sheet in sheets)


def _settled(sheet: SheetReading, decisions: Mapping[tuple[str, int, str], Decision]) -> SheetReading:
    own = {
        answer.item_id: decision
        for page in sheet.pages
        for answer in page.answers
        if (decision := decisions.get((page.source, page.index, answer.item_id))) and decision.digest == sheet.digest
    }
    if not own:
        return sheet
    answers = (_decided(answer, own.get(answer.item_id)) for answer in sheet.answers)
    return replace(sheet, answers=tuple(answers))


def _decided(answer: Answer, decision: Decision | None) -> Answer:
    if decision is None or decision.state is AnswerState.DOUBTFUL or decision.why != question_of(answer):
        return answer
    return replace(
        answer, choice=decision.choice, state=decision.state, confidence=1.0, reasons=(), decided_by=decision.who
    )
