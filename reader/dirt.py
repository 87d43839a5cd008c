"""What is no mark, seen by the page: dirt that is all over it, and specks where somebody crosses boldly.

A copier's specks, a scanner's drum and a phone held unsteadily leave their traces all over the page, also in the boxes
beside clear answers. There nobody wrote: what the network makes of those boxes tells that the page is dirty. And who
crosses the boxes of a page boldly does not answer one row with a dot no larger than a speck, nor by a crease.
"""

from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from kryds.model.reading import Answer, AnswerState, BoxMeasurement, Mark
from kryds.reader.faded import pen_ink
from kryds.reader.hand import may_make_dots
from kryds.reader.network import Likeness
from kryds.reader.page_pen import measure_pen
from kryds.reader.resolve import decided, meant, unclear, unclear_items
from kryds.reader.settings import ReaderSettings
from kryds.reader.snap import RegisteredPage


def dismiss_dirt(
    answers: Sequence[Answer],
    judged: tuple[Sequence[Mark], Sequence[BoxMeasurement]],
    settings: ReaderSettings,
    *,
    bilevel: bool,
) -> tuple[Answer, ...]:
    """The answers of a page; open rows in whose boxes nothing but dirt, or a speck, is to be seen are blank.

    ``judged``: the marks and what was measured of them; they run parallel. On a ``bilevel`` page a speck is smaller:
    more of a stroke is lost there. Where marks are few, or faint, nobody can tell one.
    """
    marks, measurements = judged
    if all(answer.state is not AnswerState.DOUBTFUL for answer in answers):
        return tuple(answers)
    pen = pen_ink(answers, measurements, settings)
    # The marks of a faint pen have no more ink than dirt has.
    dirt_ink = 0.0 if 0 < pen < settings.faint_pen else settings.dirt_ink
    # Whoever answers with dots may make one no larger than a speck.
    may_be_mark = pen < settings.bold_ink or may_make_dots(marks, measurements, settings)
    share = settings.speck_share_bilevel if bilevel else settings.speck_share
    speck_ink = -1.0 if may_be_mark else share * pen
    is_dirty = _is_dirty(answers, marks, settings)
    suspect = {
        mark.item_id
        for mark, box in zip(marks, measurements, strict=True)
        if not (is_dirty and _may_be_dirt(mark, box, dirt_ink, settings))
        and not _is_speck(mark, box, speck_ink, settings)
    }
    return tuple(_cleaned(answer, settings) if answer.item_id not in suspect else answer for answer in answers)


def doubt_specks(
    answers: Sequence[Answer],
    marks: Sequence[Mark],
    measurements: Sequence[BoxMeasurement],
    settings: ReaderSettings,
) -> tuple[Answer, ...]:
    """The answers of a page marked boldly; one by hardly any ink, and none around its box, is put to a person.

    ``marks`` and ``measurements`` run parallel. A crease, or a streak, may look like a pale stroke.
    """
    inks = [
        box.inner_ink for mark, box in zip(marks, measurements, strict=True) if meant(mark) > settings.words_crossed
    ]
    if len(inks) < settings.bold_rows or (usual_ink := median(inks)) < settings.bold_ink:
        return tuple(answers)
    specks = {
        (box.item_id, box.choice)
        for box in measurements
        if box.inner_ink <= settings.speck_share * usual_ink and box.spill_ink <= settings.speck_spill
    }
    return tuple(unclear(each) if each.choice and (each.item_id, each.choice) in specks else each for each in answers)


def doubt_drops(
    answers: Sequence[Answer], marks: Sequence[Mark], page: RegisteredPage, settings: ReaderSettings
) -> tuple[Answer, ...]:
    """The answers of a page; one by ink much paler than the others', and no plain cross, is put to a person.

    Of what was spilled a drop may lie in a box as a dot does.
    """
    choices = {answer.item_id: answer.choice for answer in answers if answer.state.counts}
    chosen = [i for i, mark in enumerate(marks) if choices.get(mark.item_id) == mark.choice]
    suspect = [i for i in chosen if marks[i].chances[Likeness.CROSSED] < settings.surely_crossed]
    if not suspect:
        return tuple(answers)
    least = settings.drop_dark * measure_pen(page, settings, chosen).darkness
    drops = {marks[i].item_id for i in suspect if 0 < measure_pen(page, settings, [i]).darkness < least}
    return tuple(unclear(replace(each, confidence=0.5)) if each.item_id in drops else each for each in answers)


def dismiss_drops(
    answers: Sequence[Answer], marks: Sequence[Mark], page: RegisteredPage, settings: ReaderSettings
) -> tuple[Answer, ...]:
    """The questions of a page; one cross is its row's answer where all else in the row's boxes is much paler."""
    asked = unclear_items(answers)
    choices = {answer.item_id: answer.choice for answer in answers if answer.state.counts}
    chosen = [i for i, mark in enumerate(marks) if choices.get(mark.item_id) == mark.choice]
    if not asked or len(chosen) < settings.bold_rows:
        return tuple(answers)
    least = settings.drop_dark * measure_pen(page, settings, chosen).darkness
    crossed: dict[str, int] = {}
    for item_id in asked:
        row = [i for i, mark in enumerate(marks) if mark.item_id == item_id]
        likely = [i for i in row if marks[i].chances[Likeness.CROSSED] >= settings.box_sure]
        dark = [i for i in row if measure_pen(page, settings, [i]).darkness >= least]
        if likely == dark and len(dark) == 1 and marks[dark[0]].chances[Likeness.CROSSED] >= settings.surely_crossed:
            crossed[item_id] = marks[dark[0]].choice
    return decided(answers, crossed, settings)


def _is_dirty(answers: Sequence[Answer], marks: Sequence[Mark], settings: ReaderSettings) -> bool:
    """Whether several boxes of answered rows, the answers' own left out, look not quite empty."""
    choices = {answer.item_id: answer.choice for answer in answers if answer.state is AnswerState.ANSWERED}
    beside = [mark for mark in marks if choices.get(mark.item_id, mark.choice) != mark.choice]
    strange = sum(mark.chances[Likeness.EMPTY] < 1 - settings.dirt_chance for mark in beside)
    return strange >= settings.dirt_boxes


def _may_be_dirt(mark: Mark, box: BoxMeasurement, dirt_ink: float, settings: ReaderSettings) -> bool:
    """Whether the box looks rather empty than touched, or holds no more than a speck of dirt (``dirt_ink``)."""
    rather_empty = mark.chances[Likeness.TOUCHED] <= mark.chances[Likeness.EMPTY]
    no_more = rather_empty or box.inner_ink <= dirt_ink
    return no_more and meant(mark) <= settings.dirt_mark and box.spill_ink <= settings.beside_ink


def _is_speck(mark: Mark, box: BoxMeasurement, speck_ink: float, settings: ReaderSettings) -> bool:
    """Whether a box holds no more than a dot; a stroke of a mark beside it leaves ink outside as well."""
    is_small = box.inner_ink <= speck_ink and box.spill_ink <= settings.speck_spill
    return is_small and meant(mark) <= settings.speck_mark


def _cleaned(answer: Answer, settings: ReaderSettings) -> Answer:
    if answer.state is not AnswerState.DOUBTFUL:
        return answer
    return replace(answer, state=AnswerState.BLANK, confidence=settings.blank_sure, reasons=())
