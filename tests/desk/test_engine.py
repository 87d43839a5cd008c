from dataclasses import replace
from pathlib import Path

import pytest

from kryds.desk.batch import Batch
from kryds.desk.cluster import Cluster
from kryds.desk.engine import PAGES_IN_BATCH, Engine, engine_of
from kryds.model.errors import ArgumentError
from kryds.model.reading import PageState
from kryds.samples.paper.files import as_pdf
from tests.desk.piles import placed, scanned


def batches(path: Path, pages: int, size: int) -> list[Batch]:
    whole = Batch(path, "a.pdf", "1" * 64, (), {placed().edition.digest: placed().edition})
    return [replace(whole, indices=tuple(range(at, min(at + size, pages)))) for at in range(0, pages, size)]


def test_a_few_pages_are_read_without_a_pool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.pdf").write_bytes(as_pdf([scanned(1)]))
    monkeypatch.setattr("kryds.desk.spread.pool", None)
    [(_, [page])] = Engine(8).read(batches(tmp_path / "a.pdf", 1, 1))

    assert page.reading.state is PageState.READ


def test_the_engine_is_named_by_its_url() -> None:
    assert engine_of(None, 3) == Engine(3)
    assert isinstance(engine_of("dask://127.0.0.1:8786", None), Cluster)


@pytest.mark.parametrize(
    ("url", "jobs", "told"),
    [("ray://head:1", None, "write dask://HOST:PORT"), ("dask://head:1", 2, "up to the workers")],
)
def test_an_engine_that_cannot_be_is_refused_with_the_cure(url: str, jobs: int | None, told: str) -> None:
    with pytest.raises(ArgumentError, match=told):
        engine_of(url, jobs)


def test_every_process_gets_some_of_a_small_pile() -> None:
    assert Engine(4).batch_size(20) == 3
    assert Engine(2).batch_size(1000) == PAGES_IN_BATCH
    assert Engine(4).batch_size(1) == 1


def test_as_many_processes_as_cores_unless_told() -> None:
    assert Engine.of_machine(3).jobs == 3
    assert Engine.of_machine(None).jobs >= 1
