"""Two sheets whose tables are worked out on paper: one complete, one with every kind of gap."""

import io

from kryds.desk.exports import FORMATS, ExportOptions
from kryds.model.edition import Edition
from kryds.model.form import Form, Option, Section
from kryds.model.layout import SheetLayout
from kryds.model.load import load_phrases
from kryds.model.reading import Answer, AnswerState, PageReading, PageState, Reason, SheetReading
from kryds.model.scores import GroupSummary
from kryds.scoring.summarise import summarise

DANISH = load_phrases("da")
FORM = Form(
    id="frokost",
    version=1,
    language="da",
    title="Frokost på Ærø",
    options=(
        Option(id="aldrig", label="Aldrig", weight=1),
        Option(id="sjaeldent", label="Sjældent", weight=2),
        Option(id="altid", label="Altid", weight=5),
    ),
    sections=(
        Section(title="Maden", items=("Grøden er varm", "Smørret er blødt")),
        Section(title="Stedet", items=("Der er plads", "Der er ro", "Der er lys")),
    ),
)
EDITION = Edition(FORM, SheetLayout(210, 297, 0.3, ()))
ITEMS = tuple(item.id for item in FORM.items)


def answer(item_id: str, given: int | str) -> Answer:
    if isinstance(given, int):
        return Answer(item_id, given, AnswerState.ANSWERED, 0.99)
    state, _, person = given.partition(" by ")
    reasons = (Reason("several_crosses", (("choices", "1, 2"),)),) if state == "multiple" else ()
    return Answer(item_id, None, AnswerState(state), 0.5, reasons, person or "reader")


def sheet(number: str, respondent: str, *given: int | str) -> SheetReading:
    """A sheet on one scanned page; items not given stand on a page that is missing."""
    answers = tuple(answer(item_id, value) for item_id, value in zip(ITEMS, given, strict=False))
    page = PageReading("bunke.pdf", 3, PageState.READ, digest=EDITION.digest, number=1, answers=answers)
    missing = (2,) if len(given) < len(ITEMS) else ()
    return SheetReading(number, EDITION.digest, respondent, (page,), answers, missing)


def group(*sheets: SheetReading, edition: Edition = EDITION) -> GroupSummary:
    return summarise(edition, sheets)


def other_form(**changes: object) -> Edition:
    return Edition(Form.model_validate({**FORM.model_dump(), **changes}), EDITION.layout)


COMPLETE = sheet("7", "Åse Sørensen", 3, 2, 1, 1, 3)
GAPS = sheet("8", "=1+1", "blank", "multiple", "multiple by Bo", "doubtful")
GROUP = group(COMPLETE, GAPS)


def written(format_name: str, *groups: GroupSummary, semicolon: bool = False) -> bytes:
    file = io.BytesIO()
    FORMATS[format_name](groups, file, ExportOptions(DANISH, semicolon=semicolon))
    return file.getvalue()
