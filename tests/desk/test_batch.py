from pathlib import Path

import pytest

from kryds.desk.batch import READER_FAILED, Batch, read_batch, unreadable
from kryds.model.reading import PageState, Reason
from kryds.samples.paper.files import as_pdf
from tests.desk.piles import placed, scanned

EDITION = placed().edition


@pytest.fixture
def batch(tmp_path: Path) -> Batch:
    (tmp_path / "a.pdf").write_bytes(as_pdf([scanned(1), scanned(2)]))
    return Batch(tmp_path / "a.pdf", "a.pdf", "1" * 64, (1, 0, 7), {EDITION.digest: EDITION})


def test_pages_are_read_in_the_order_asked_for(batch: Batch) -> None:
    pages = [page.reading for page in read_batch(batch)]

    assert [(page.index, page.code.copy if page.code else None) for page in pages] == [(1, 2), (0, 1), (7, None)]


def test_a_page_that_is_not_there_is_unreadable_and_says_why(batch: Batch) -> None:
    last = read_batch(batch)[-1].reading

    assert (last.state, last.reason) == (PageState.UNREADABLE, Reason("page_damaged"))


def test_a_file_that_went_away_makes_its_pages_unreadable(batch: Batch, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").unlink()

    assert read_batch(batch) == unreadable(batch, Reason("file_not_opened"))


def test_a_bug_met_on_one_page_does_not_stop_the_pile(batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("kryds.reader.read.read_page", broken)
    page = read_batch(batch)[0].reading

    assert page.reason
    assert (page.state, page.reason.kind) == (PageState.UNREADABLE, READER_FAILED)
    assert "ZeroDivisionError: a bug" in dict(page.reason.values)["traceback"]


def test_a_batch_can_be_taken_apart(batch: Batch) -> None:
    assert [single.indices for single in batch.single_pages()] == [(1,), (0,), (7,)]
