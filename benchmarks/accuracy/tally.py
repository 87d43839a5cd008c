"""Comparing what was read with what was written: outcomes, counts, the interval a count leaves open, calibration."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from benchmarks.accuracy.corpus import Case
from kryds.model.reading import AnswerState
from kryds.samples.paper.outcome import Outcome, Said, outcome_of

#: (state, choice, confidence) of a row of answers.csv; choice is "" unless the state counts.
Verdict = tuple[str, str, float]
#: (source, page, item)
Key = tuple[str, int, str]

ASKS = tuple(state.value for state in AnswerState if state.awaits_review)
#: 95 % of a normal distribution lie within so many standard deviations.
Z_95 = 1.96
#: Edges of the bins in which confidence is compared with how often it was right.
CONFIDENCE_BINS = (0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1.0 + 1e-9)


@dataclass(frozen=True, slots=True)
class Judged:
    """A case with what was read there."""

    case: Case
    verdict: Verdict | None
    outcome: Outcome


def judge(cases: Sequence[Case], verdicts: Mapping[Key, Verdict]) -> list[Judged]:
    """Every case with its outcome."""
    found = [(case, verdicts.get((case.source, case.page, case.item))) for case in cases]
    return [Judged(case, verdict, _outcome(case, verdict)) for case, verdict in found]


def _outcome(case: Case, verdict: Verdict | None) -> Outcome:
    return outcome_of(_said(case.state, case.choice), _said(*verdict[:2]) if verdict else None)


def _said(state: str, choice: str) -> Said:
    return AnswerState(state), int(choice) if choice else None


def wilson(errors: int, rows: int) -> tuple[float, float]:
    """The 95 % interval of a rate (E. B. Wilson, 1927), which holds for small counts too."""
    if not rows:
        return 0.0, 1.0
    rate, z2 = errors / rows, Z_95**2 / rows
    middle = rate + z2 / 2
    reach = Z_95 * math.sqrt(rate * (1 - rate) / rows + z2 / rows / 4)
    return max(0.0, (middle - reach) / (1 + z2)), min(1.0, (middle + reach) / (1 + z2))


def calibration_error(judged: Iterable[Judged]) -> float | None:
    """How far confidence above 0.9 is from the share that is right, on average over rows; None without such rows."""
    bins = [rows for _, rows in _binned(judged)]
    count = sum(map(len, bins))
    if not count:
        return None
    return sum(abs(sum(confidence - right for confidence, right in rows)) for rows in bins) / count


def reliability(judged: Iterable[Judged]) -> list[str]:
    """The reliability curve as a table: how sure, how many rows, how sure on average, how many of them right."""
    table = ["confidence          rows   said   right"]
    for (low, high), rows in _binned(judged):
        if rows:
            said, right = (sum(column) / len(rows) for column in zip(*rows, strict=True))
            table.append(f"{low:.3f} – {min(high, 1.0):.3f}  {len(rows):8}  {said:.4f}  {right:.4f}")
    return table


def _binned(judged: Iterable[Judged]) -> list[tuple[tuple[float, float], list[tuple[float, bool]]]]:
    """The decided rows as (confidence, whether right), by CONFIDENCE_BINS."""
    rows = [
        (each.verdict[2], each.outcome is Outcome.CORRECT)
        for each in judged
        if each.verdict and each.verdict[0] not in ASKS
    ]
    return [
        ((low, high), [(sure, right) for sure, right in rows if low <= sure < high])
        for low, high in pairwise(CONFIDENCE_BINS)
    ]


def pages_lost(judged: Iterable[Judged]) -> tuple[int, int]:
    """How many pages none of whose rows was read, of how many."""
    pages: dict[tuple[str, int], bool] = {}
    for each in judged:
        place = each.case.source, each.case.page
        pages[place] = pages.get(place, True) and each.outcome is Outcome.LOST
    return sum(pages.values()), len(pages)


def lines(judged: Sequence[Judged], title: str, key: str) -> list[str]:
    """A table of outcomes grouped by a field of the case, in order of first appearance, with a total."""
    groups: dict[str, list[Judged]] = {}
    for each in judged:
        groups.setdefault(getattr(each.case, key), []).append(each)
    width = max(len(name) for name in (*groups, title, "all"))
    head = f"{title:<{width}}   rows  correct  asked  silent  95 % interval of silent   lost"
    return [head, *(_line(f"{name:<{width}}", group) for name, group in [*groups.items(), ("all", list(judged))])]


def _line(name: str, group: Sequence[Judged]) -> str:
    count = Counter(each.outcome for each in group)
    read = len(group) - count[Outcome.LOST]
    low, high = wilson(count[Outcome.SILENT], read)
    share = [count[outcome] / max(1, read) for outcome in (Outcome.CORRECT, Outcome.ASKED)]
    return (
        f"{name} {len(group):6}  {share[0]:7.2%} {share[1]:6.2%}  {count[Outcome.SILENT]:6}"
        f"       {low:6.2%} – {high:6.2%}       {count[Outcome.LOST]:4}"
    )
