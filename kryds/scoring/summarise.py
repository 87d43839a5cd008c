"""Scored sheets -> the picture of a group: distributions over all answers, means of totals over complete sheets."""

from collections.abc import Sequence
from statistics import fmean

from kryds.model.edition import Edition
from kryds.model.form import Item
from kryds.model.reading import Answer, SheetReading, SheetStatus
from kryds.model.scores import GroupSummary, ItemDistribution, ScoredSheet, SectionMean
from kryds.scoring.score import score_sheet

#: How many statements are named as strongest and as weakest; forms with fewer than twice as many name none.
EXTREMES = 3


def summarise(edition: Edition, sheets: Sequence[SheetReading]) -> GroupSummary:
    """All sheets of one edition."""
    scored = tuple(ScoredSheet(sheet, score_sheet(edition, sheet)) for sheet in sheets)
    complete = [sheet for sheet in scored if sheet.score.complete]
    items = _distributions(edition, sheets)
    strongest, weakest = extremes([(item.item_id, item.mean) for item in items])
    statuses = [sheet.score.status for sheet in scored]
    return GroupSummary(
        edition=edition,
        sheets=scored,
        items=items,
        sections=_section_means(edition, complete),
        mean_points=fmean(sheet.score.points for sheet in complete) if complete else None,
        complete=len(complete),
        needs_review=statuses.count(SheetStatus.NEEDS_REVIEW),
        incomplete=statuses.count(SheetStatus.INCOMPLETE),
        open_items=sum(sheet.score.awaiting for sheet in scored),
        strongest=strongest,
        weakest=weakest,
    )


def _distributions(edition: Edition, sheets: Sequence[SheetReading]) -> tuple[ItemDistribution, ...]:
    answers: dict[str, list[Answer]] = {item.id: [] for item in edition.form.items}
    for sheet in sheets:
        for answer in sheet.answers:
            if answer.state.counts:
                answers[answer.item_id].append(answer)
    return tuple(_distribution(edition, item, answers[item.id], len(sheets)) for item in edition.form.items)


def _distribution(edition: Edition, item: Item, answers: Sequence[Answer], sheets: int) -> ItemDistribution:
    options = edition.form.options
    choices = [answer.choice for answer in answers]
    crosses = tuple(choices.count(choice) for choice in range(1, len(options) + 1))
    weighted = sum(option.weight * count for option, count in zip(options, crosses, strict=True))
    mean = weighted / len(answers) if answers else None
    return ItemDistribution(item.id, item.text, crosses, sheets - len(answers), mean)


def _section_means(edition: Edition, complete: Sequence[ScoredSheet]) -> tuple[SectionMean, ...]:
    means = []
    for index, section in enumerate(edition.form.sections):
        scores = [sheet.score.sections[index] for sheet in complete]
        mean = fmean(score.points / score.items for score in scores) if scores else None
        means.append(SectionMean(index + 1, section.title, mean, len(scores)))
    return tuple(means)


def extremes(means: Sequence[tuple[str, float | None]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids with the highest and the lowest means, none when all are the same; equal means in printed order."""
    known = [(mean, item_id) for item_id, mean in means if mean is not None]
    if len(known) < 2 * EXTREMES or len({mean for mean, _ in known}) == 1:
        return (), ()
    falling = [item_id for _, item_id in sorted(known, key=lambda pair: -pair[0])]
    rising = [item_id for _, item_id in sorted(known, key=lambda pair: pair[0])]
    strongest = tuple(falling[:EXTREMES])
    weakest = tuple(item_id for item_id in rising if item_id not in strongest)[:EXTREMES]
    return strongest, weakest
