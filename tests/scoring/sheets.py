"""Sheets with answers worked out on paper."""

from kryds.model.edition import Edition
from kryds.model.form import Band, Form, Option, Section
from kryds.model.layout import SheetLayout
from kryds.model.reading import Answer, AnswerState, SheetReading

FORM = Form(
    id="lille",
    version=1,
    language="da",
    title="Lille prøve",
    options=tuple(Option(id=f"k{weight}", label=f"K{weight}", weight=weight) for weight in (1, 2, 3, 4, 5)),
    sections=(Section(title="A", items=("a1", "a2", "a3")), Section(title="B", items=("b1", "b2", "b3"))),
    bands=(Band(low=6, high=15, label="lav", source="egen"), Band(low=16, high=30, label="høj", source="egen")),
)
EDITION = Edition(FORM, SheetLayout(210, 297, 0.3, ()))


def answer(item_id: str, given: int | str) -> Answer:
    """A choice, or the name of a state without one."""
    if isinstance(given, int):
        return Answer(item_id, given, AnswerState.ANSWERED, 0.99)
    return Answer(item_id, None, AnswerState(given), 0.9)


def sheet(*given: int | str, name: str = "1") -> SheetReading:
    """A sheet whose items, in printed order, say this; fewer than all stand for a missing page."""
    answers = tuple(answer(item.id, value) for item, value in zip(FORM.items, given, strict=False))
    return SheetReading(sheet=name, digest=EDITION.digest, respondent="", pages=(), answers=answers)
