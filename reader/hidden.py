"""Rows of which too little is to be seen to call them blank: torn off, under a note, worn, on a blurred photo."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kryds.model.reading import Answer, AnswerState, Reason
from kryds.reader.outline import outlines_of
from kryds.reader.settings import ReaderSettings
from kryds.reader.snap import RegisteredPage

#: Why such a row is put to a person.
BOXES_HIDDEN = (Reason("boxes_hidden"),)


def doubt_hidden(answers: Sequence[Answer], page: RegisteredPage, settings: ReaderSettings) -> tuple[Answer, ...]:
    """The answers of a page; a blank row is put to a person where one of its boxes is not seen.

    What covers a box covers what is in it. Of 341 blank rows of seven kinds of scans one had a box that was not seen.
    """
    blank = {answer.item_id for answer in answers if answer.state is AnswerState.BLANK}
    boxes = page.candidate.layout.boxes
    unseen = [i for i, box in enumerate(boxes) if box.item_id in blank and (page.is_worn or page.outline[i] <= 0)]
    hidden = {boxes[i].item_id for i in unseen if page.is_worn or not _is_shown(page, i, settings)}
    return tuple(
        replace(answer, state=AnswerState.DOUBTFUL, confidence=0.5, reasons=BOXES_HIDDEN)
        if answer.item_id in hidden
        else answer
        for answer in answers
    )


def _is_shown(page: RegisteredPage, which: int, settings: ReaderSettings) -> bool:
    """Whether the whole of a box is seen where it was placed, though its lines are not: a streak may hide one."""
    layout = replace(page.candidate.layout, boxes=(page.candidate.layout.boxes[which],))
    patch = replace(page.patches, ink=page.patches.ink[[which]])
    (offset_mm,), (likeness,) = outlines_of(patch, replace(page.candidate, layout=layout), settings)
    is_there = np.abs(offset_mm - page.offset_mm[which]).max() <= settings.snap_free_mm
    return bool(is_there and likeness >= settings.far_box)
