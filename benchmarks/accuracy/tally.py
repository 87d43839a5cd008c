"""Comparing what was read with what was written: outcomes, counts, the interval a count leaves open, calibration."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from benchmarks.accuracy.corpus import Case

#: (state, choice, confidence) of a row of answers.csv; choice is "" unless the state counts.
Verdict = tuple[str, str, float]
#: (source, page, item)
Key = tuple[str, int, str]

COUNTS = ("answered", "corrected")
ASKS = ("multiple", "doubtful")
#: 95 % of a normal distribution lie within so many standard deviations.
Z_95 = 1.96
#: Edges of the bins in which confidence is compared with how often it was right.
CONFIDENCE_BINS = (0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 1.0 + 1e-9)


class Outcome(StrEnum):
    """What became of one row."""

    CORRECT = "correct"
    ASKED = "asked"
    SILENT = "silent error"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Judged:
    """A case with what was read there."""

    case: Case
    verdict: Verdict | None
    outcome: Outcome


def judge(cases: Sequence[Case], verdicts: Mapping[Key, Verdict]) -> list[Judged]:
    """Every case with its outcome: ``corrected`` and ``answered`` with the same choice give the same points."""
    found = [(case, verdicts.get((case.source, case.page, case.item))) for case in cases]
    return [Judged(case, verdict, outcome_of(case, verdict)) for case, verdict in found]


def outcome_of(case: Case, verdict: Verdict | None) -> Outcome:
    """Right, asked, silently wrong, or not read at all."""
    if verdict is None:
        return Outcome.LOST
    state, choice, _ = verdict
    if choice == case.choice and (state == case.state or (state in COUNTS and case.state in COUNTS)):
        return Outcome.CORRECT
    return Outcome.ASKED if state in ASKS else Outcome.SILENT


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
    rows = [
        (each.verdict[2], each.outcome is Outcome.CORRECT)
        for each in judged
        if each.verdict and each.verdict[0] not in ASKS and each.verdict[2] >= CONFIDENCE_BINS[0]
    ]
    if not rows:
        return None
    total = 0.0
    for low, high in pairwise(CONFIDENCE_BINS):
        inside = [(confidence, right) for confidence, right in rows if low <= confidence < high]
        total += abs(sum(confidence - right for confidence, right in inside))
    return total / len(rows)


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
        f"{name} {len(group):6}  {share[0]:7.2%} {share[1]:6.1%}  {count[Outcome.SILENT]:6}"
        f"       {low:6.2%} – {high:6.2%}       {count[Outcome.LOST]:4}"
    )
