from collections import Counter

import pytest

from kryds.generator.place import place_sheet
from kryds.model.geometry import Paper
from kryds.model.load import form_file, load_form, load_phrases
from kryds.samples.paper.outcome import Outcome
from kryds.samples.rehearsal import Rehearsal, RehearsedRow, rehearse, trouble


def test_a_sheet_comes_back_row_by_row_as_it_was_filled_in() -> None:
    placed = place_sheet(load_form(form_file("mus-leder")), Paper.A4, load_phrases("da"))
    (rows,) = rehearse(placed, 1, 1)
    assert [row.item_id for row in rows] == [item.id for item in placed.edition.form.items]
    assert sum(row.outcome is Outcome.CORRECT for row in rows) >= 18
    assert not any(row.outcome in (Outcome.SILENT, Outcome.LOST) for row in rows)


def test_rows_are_counted_by_scan_by_item_and_by_the_column_meant() -> None:
    rows = [RehearsedRow("1.1", 2, Outcome.CORRECT), RehearsedRow("1.1", 0, Outcome.ASKED, is_bilevel=True)]
    counted = Rehearsal.of([*rows, RehearsedRow("1.2", 2, Outcome.SILENT)])
    assert counted.outcomes.total() == 3
    assert counted.bilevel[Outcome.ASKED] == counted.bilevel.total() == 1
    assert counted.by_item["1.1"] == Counter({Outcome.CORRECT: 1, Outcome.ASKED: 1})
    assert counted.by_choice == {2: Counter({Outcome.CORRECT: 1, Outcome.SILENT: 1})}


def test_trouble_is_the_share_not_simply_read() -> None:
    found = Counter({Outcome.CORRECT: 6, Outcome.ASKED: 1, Outcome.SILENT: 1})
    assert trouble(found) == pytest.approx(0.25)
