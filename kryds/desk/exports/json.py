"""Everything in one JSON document (RFC 8259, UTF-8), for programs.

    {"kryds": 1,                       counts up when the shape changes
     "forms": [{"form", "digest", "version", "language", "title",
                "options": [{"id", "label", "weight"}],
                "sections": [{"number", "title", "items": [{"id", "text"}]}]}],
     "sheets": [{"sheet", "form", "digest", "respondent", "status", "missing_pages", "problems",
                 "score": {"points", "max_points", "complete", "answered", "items", "blank", "awaiting", "band",
                           "categories": [{"id", "weight", "crosses", "points"}],
                           "sections": [{"number", "points", "max_points", "answered", "items"}]},
                 "answers": [{"item", "choice", "category", "value", "state", "confidence", "decided_by",
                              "reasons", "source", "page"}]}]}

``form`` and ``digest`` of a sheet name its entry in ``forms``. ``points`` of a sheet that is not ``complete`` lack
items. ``choice`` counts columns from 1; ``choice``, ``category`` and ``value`` are null unless ``state`` is
``answered`` or ``corrected``. An item on a missing page has no entry in ``answers``. ``page`` counts from 1 in
``source``. Reasons and problems are whole sentences.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from kryds.desk.exports.table import ExportOptions, Row, rows_of, tables_of
from kryds.model.edition import Edition
from kryds.model.phrases import Phrases
from kryds.model.scores import GroupSummary, SheetScore

#: The shape above.
SHAPE = 1


def write_json(groups: Sequence[GroupSummary], file: BinaryIO, options: ExportOptions) -> None:
    """Writes the document into ``file``, indented, keys in the order above."""
    document = {
        "kryds": SHAPE,
        "forms": [_form(group.edition) for group in groups],
        "sheets": list(_sheets(groups, options.phrases)),
    }
    text = json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)
    file.write(f"{text}\n".encode())


def _form(edition: Edition) -> dict[str, Any]:
    form = edition.form
    return {
        "form": form.id,
        "digest": edition.digest,
        "version": form.version,
        "language": form.language,
        "title": form.title,
        "options": [{"id": option.id, "label": option.label, "weight": option.weight} for option in form.options],
        "sections": [
            {
                "number": number,
                "title": section.title,
                "items": [{"id": item.id, "text": item.text} for item in form.items if item.section == number],
            }
            for number, section in enumerate(form.sections, start=1)
        ],
    }


def _sheets(groups: Sequence[GroupSummary], phrases: Phrases) -> Iterator[dict[str, Any]]:
    for group in groups:
        for table in tables_of([group]):
            for row in rows_of(table):
                yield _sheet(row, group.edition.digest, phrases)


def _sheet(row: Row, digest: str, phrases: Phrases) -> dict[str, Any]:
    return {
        "sheet": row.reading.sheet,
        "form": row.table.form.id,
        "digest": digest,
        "respondent": row.reading.respondent,
        "status": row.score.status.value,
        "missing_pages": list(row.reading.missing_pages),
        "problems": [phrases.reason(problem) for problem in row.reading.problems],
        "score": _score(row.score),
        "answers": list(_answers(row, phrases)),
    }


def _score(score: SheetScore) -> dict[str, Any]:
    return {
        "points": score.points,
        "max_points": score.max_points,
        "complete": score.complete,
        "answered": score.answered,
        "items": score.items,
        "blank": score.blank,
        "awaiting": score.awaiting,
        "band": score.band.label if score.band else None,
        "categories": [
            {"id": count.option_id, "weight": count.weight, "crosses": count.crosses, "points": count.points}
            for count in score.counts
        ],
        "sections": [
            {
                "number": section.number,
                "points": section.points,
                "max_points": section.max_points,
                "answered": section.answered,
                "items": section.items,
            }
            for section in score.sections
        ],
    }


def _answers(row: Row, phrases: Phrases) -> Iterator[dict[str, Any]]:
    places = row.places
    for answer, points in zip(row.answers, row.item_points, strict=True):
        if answer is not None:
            source, page = places.get(answer.item_id, (None, None))
            yield {
                "item": answer.item_id,
                "choice": answer.choice,
                "category": row.table.form.options[answer.choice - 1].id if answer.choice else None,
                "value": points,
                "state": answer.state.value,
                "confidence": answer.confidence,
                "decided_by": answer.decided_by,
                "reasons": [phrases.reason(reason) for reason in answer.reasons],
                "source": source,
                "page": page,
            }
