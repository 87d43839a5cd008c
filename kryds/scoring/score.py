"""A sheet's answers -> its points: crosses in a category x the category's weight, added up."""

from collections.abc import Sequence

from kryds.model.edition import Edition
from kryds.model.form import Band, Form
from kryds.model.reading import Answer, AnswerState, SheetReading, SheetStatus
from kryds.model.scores import CategoryCount, SectionScore, SheetScore


def score_sheet(edition: Edition, sheet: SheetReading) -> SheetScore:
    """The points of one sheet. Items that are blank, multiple, doubtful or on a missing page add nothing."""
    form = edition.form
    counted = [answer for answer in sheet.answers if answer.state.counts]
    status = _status(form, sheet)
    points = sum(_points(form, answer) for answer in counted)
    return SheetScore(
        counts=_counts(form, counted),
        sections=_sections(form, counted),
        points=points,
        max_points=form.max_points,
        answered=len(counted),
        items=len(form.items),
        blank=sum(answer.state is AnswerState.BLANK for answer in sheet.answers),
        awaiting=sum(answer.is_open for answer in sheet.answers),
        status=status,
        band=_band(form, points) if status is SheetStatus.SCORED else None,
    )


def _status(form: Form, sheet: SheetReading) -> SheetStatus:
    """A question that waits for a person comes before one that lacks an answer."""
    if sheet.problems or any(answer.is_open for answer in sheet.answers):
        return SheetStatus.NEEDS_REVIEW
    answered = sum(answer.state.counts for answer in sheet.answers)
    return SheetStatus.SCORED if answered == len(form.items) else SheetStatus.INCOMPLETE


def _points(form: Form, answer: Answer) -> int:
    return 0 if answer.choice is None else form.options[answer.choice - 1].weight


def _counts(form: Form, counted: Sequence[Answer]) -> tuple[CategoryCount, ...]:
    choices = [answer.choice for answer in counted]
    return tuple(
        CategoryCount(option.id, option.label, option.weight, choices.count(choice))
        for choice, option in enumerate(form.options, start=1)
    )


def _sections(form: Form, counted: Sequence[Answer]) -> tuple[SectionScore, ...]:
    by_id = {answer.item_id: answer for answer in counted}
    scores = []
    for number, section in enumerate(form.sections, start=1):
        answers = [by_id[item.id] for item in form.items if item.section == number and item.id in by_id]
        scores.append(
            SectionScore(
                number=number,
                title=section.title,
                points=sum(_points(form, answer) for answer in answers),
                max_points=form.max_weight * len(section.items),
                answered=len(answers),
                items=len(section.items),
            )
        )
    return tuple(scores)


def _band(form: Form, points: int) -> Band | None:
    return next((band for band in form.bands if band.low <= points <= band.high), None)
