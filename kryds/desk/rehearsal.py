"""``kryds check --rehearse``: what a form's sheets would make of work, told before they are printed."""

from collections import Counter
from collections.abc import Mapping

from kryds.desk.printing import FormChoice, placed_sheet
from kryds.desk.processes import cores
from kryds.desk.voice import Voice
from kryds.samples.paper.outcome import Outcome
from kryds.samples.rehearsal import Rehearsal, RehearsedRow, rehearse, trouble

#: So many items and columns are named, those that make most work first.
NAMED = 3
#: An item or a column is to blame when it makes this many times the work of the average one: less is chance.
TO_BLAME = 2.0


def tell_rehearsal(form: str, sheets: int, voice: Voice) -> None:
    """Fills in and reads ``sheets`` sheets of the form, and tells what became of their rows."""
    placed = placed_sheet(FormChoice(form))
    rows: list[RehearsedRow] = []
    with voice.progress("rehearsing", sheets) as advance:
        for sheet in rehearse(placed, sheets, cores()):
            rows += sheet
            advance(1)
    rehearsal = Rehearsal.of(rows)
    values = {
        "sheets": sheets,
        "rows": rehearsal.outcomes.total(),
        "asked": _percent(rehearsal.outcomes[Outcome.ASKED] / max(1, rehearsal.outcomes.total()), voice),
        "wrong": rehearsal.outcomes[Outcome.SILENT],
        "lost": rehearsal.outcomes[Outcome.LOST],
    }
    voice.tell("rehearsed", **values)
    _blame(rehearsal, voice)


def _blame(rehearsal: Rehearsal, voice: Voice) -> None:
    """What makes far more work than the rest: scans in black and white, items, columns; or the word that none does.

    Nothing if there is no work.
    """
    usual = trouble(rehearsal.outcomes)
    if not usual:
        return
    bilevel = trouble(rehearsal.bilevel) if rehearsal.bilevel.total() else 0.0
    if bilevel > TO_BLAME * usual:
        voice.tell("rehearsed_bilevel", share=_percent(bilevel, voice))
    items = _worst(rehearsal.by_item, usual, voice)
    choices = _worst({str(choice): found for choice, found in rehearsal.by_choice.items()}, usual, voice)
    if items:
        voice.tell("rehearsed_items", items=items)
    if choices:
        voice.tell("rehearsed_choices", choices=choices)
    if not items and not choices:
        voice.tell("rehearsed_evenly")


def _worst(found: Mapping[str, Counter[Outcome]], usual: float, voice: Voice) -> str:
    """Those to blame, each with its share: "2.3 (1.4 %)"; empty when the work is spread evenly."""
    ranked = sorted(found.items(), key=lambda pair: -trouble(pair[1]))[:NAMED]
    blamed = [(name, trouble(outcomes)) for name, outcomes in ranked if trouble(outcomes) > TO_BLAME * usual]
    return ", ".join(f"{name} ({_percent(share, voice)} %)" for name, share in blamed)


def _percent(share: float, voice: Voice) -> str:
    return voice.phrases.number(100 * share, 2)
