from pathlib import Path

import pytest

from kryds.desk.decisions import Decision, question_of
from kryds.desk.engine import Engine
from kryds.desk.intake import take_in
from kryds.desk.known import Known
from kryds.desk.reading import Readers, read_new_pages
from kryds.desk.result import load_result
from kryds.desk.store import Store
from kryds.desk.voice import Voice
from kryds.model.reading import AnswerState, SheetStatus
from kryds.samples.paper.files import as_pdf
from tests.desk.piles import placed, scanned


@pytest.fixture
def store(tmp_path: Path) -> Store:
    (tmp_path / "a.pdf").write_bytes(as_pdf([scanned(3), scanned(1)]))
    made = Store.of_folder(tmp_path)
    made.keep_files(take_in([tmp_path / "a.pdf"], (), tmp_path))
    read_new_pages(
        made, Known({placed().edition.digest: placed().edition}, {}), Readers(Engine(1), Voice.in_language("en"))
    )
    return made


def test_pages_come_in_the_order_of_the_input_and_sheets_by_number(store: Store) -> None:
    result = load_result(store)

    assert [page.index for page in result.pages] == [0, 1]
    assert [sheet.reading.sheet for sheet in result.sheets] == ["1", "3"]
    assert result.open_items == 1


def test_decisions_are_weighed(store: Store) -> None:
    sheet = load_result(store).sheets[1].reading
    answer = sheet.answers[0]
    about = (sheet.digest, "3", "a.pdf", 0, "1.1")
    store.decide(Decision(*about, AnswerState.ANSWERED, 1, "Åse", "2026-01-02T03:04:05Z", question_of(answer)))
    settled = load_result(store).sheets[1]

    assert (settled.score.status, settled.score.points) == (SheetStatus.SCORED, 1)


def test_nothing_read_is_an_empty_result(tmp_path: Path) -> None:
    with Store.of_folder(tmp_path) as store:
        result = load_result(store)

    assert (result.pages, result.groups, result.sheets, result.open_items) == ((), (), (), 0)
