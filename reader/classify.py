"""BoxMeasurement -> Mark: the verdict on one box, by a visible list of rules of which the first that speaks wins.

What no rule claims is doubtful: the honest default. Judging boxes together is resolve.py's work.
"""

from collections.abc import Callable, Sequence

from kryds.model.reading import BoxMeasurement, BoxState, Mark
from kryds.reader.settings import ReaderSettings

Verdict = tuple[BoxState, float]
Rule = Callable[[BoxMeasurement, ReaderSettings], Verdict | None]

#: A doubtful box is not claimed to be anything; half is what a coin would know.
NO_CLAIM = 0.5


def classify_boxes(measurements: Sequence[BoxMeasurement], settings: ReaderSettings) -> tuple[Mark, ...]:
    """The verdict on each box, in the same order."""
    return tuple(classify_box(measurement, settings) for measurement in measurements)


def classify_box(measurement: BoxMeasurement, settings: ReaderSettings) -> Mark:
    """The verdict on one box."""
    spoken = (rule(measurement, settings) for rule in RULES)
    state, confidence = next((verdict for verdict in spoken if verdict), (BoxState.DOUBTFUL, NO_CLAIM))
    return Mark(measurement.item_id, measurement.choice, state, round(confidence, 4))


def _empty(box: BoxMeasurement, settings: ReaderSettings) -> Verdict | None:
    """Paper, apart from specks, no pale straight trace, and no ring drawn around it."""
    nearest = max(
        box.inner_ink / settings.empty_ink,
        box.trace_ink / settings.empty_trace,
        box.spill_ink / settings.ring_ink,
    )
    return None if nearest > 1 else (BoxState.EMPTY, _sure(1 - nearest))


def _cancelled(box: BoxMeasurement, settings: ReaderSettings) -> Verdict | None:
    """Filled in to undo: dark over most of the box, and the wedges of an X closed."""
    if box.inner_ink < settings.cancelled_ink or box.fill < settings.cancelled_fill:
        return None
    return BoxState.CANCELLED, _sure((box.fill - settings.cancelled_fill) / (1 - settings.cancelled_fill))


def _crossed(box: BoxMeasurement, settings: ReaderSettings) -> Verdict | None:
    """Two strokes that cross in the middle of the box, with paper left in the wedges between them."""
    if box.cross_strokes < settings.crossed_stroke or box.core_ink < settings.crossed_core:
        return None
    if box.fill > settings.crossed_fill:
        return None
    clear = (box.cross_strokes - settings.crossed_stroke) / (1 - settings.crossed_stroke)
    return BoxState.CROSSED, _sure(min(clear, 1 - box.fill / settings.crossed_fill))


RULES: Sequence[Rule] = (_empty, _cancelled, _crossed)


def _sure(margin: float) -> float:
    """Confidence from the margin (0 at the threshold, 1 far from it): 0.95 at the threshold, 0.999 when clear."""
    return 0.95 + 0.049 * min(1.0, 2 * max(0.0, margin))
