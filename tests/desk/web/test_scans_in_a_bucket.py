"""The whole way of a pile whose scans lie in object storage, against a server of it."""

from dataclasses import replace
from pathlib import Path

import fsspec
import pytest

from kryds.desk.archive import Archive
from kryds.desk.printing import UNNUMBERED
from kryds.desk.web.desk import Desk
from kryds.desk.web.worker import work_off
from kryds.samples.paper.files import as_pdf
from tests.desk.piles import foreign, placed, scanned
from tests.desk.web.desks import CSRF, MOMENT, browser, new_desk

CHUNK = 50_000


@pytest.fixture
def desk(tmp_path: Path, home: Path, bucket: str) -> Desk:
    Archive(home).keep(placed().edition, UNNUMBERED)
    here = new_desk(tmp_path / "desk")
    return replace(here, settings=replace(here.settings, scans_url=f"{bucket}/scans"))


def in_bucket(desk: Desk) -> list[str]:
    system = fsspec.filesystem("s3")
    system.invalidate_cache()
    return [str(path) for path in system.find(desk.settings.scans_url)]


def test_scans_go_up_are_read_looked_at_and_forgotten(desk: Desk) -> None:
    pile, visitor = desk.register.add("Prøve", MOMENT), browser(desk)
    data = as_pdf([scanned(1), scanned(3), foreign()])
    at = visitor.send(f"/piles/{pile.id}/uploads", name="bunke.pdf", size=str(len(data))).told["address"]
    for offset in range(0, len(data), CHUNK):
        headers = {"x-csrf": CSRF, "upload-offset": str(offset)}
        assert visitor.ask("PATCH", at, data[offset : offset + CHUNK], headers).status == 200
    assert [path.rpartition("/")[2] for path in in_bucket(desk)] == [at.rpartition("/")[2]]
    assert work_off(desk)
    assert [sheet.reading.sheet for sheet in desk.result(pile).sheets] == ["1", "3"]
    assert visitor.get(f"/piles/{pile.id}/scan/1/3.jpg").body.startswith(b"\xff\xd8")
    assert visitor.get(f"/piles/{pile.id}/take/annotated.pdf").body.startswith(b"%PDF")
    desk.scans.let_go(pile.id)
    receipt = visitor.post(f"/piles/{pile.id}/forget", do="all", name="Prøve").headers["location"]

    assert "Scannede filer" in visitor.get(receipt).text
    assert in_bucket(desk) == []
    assert not [path for path in desk.settings.data.rglob("*") if path.is_file() and "desk.db" not in path.name]


def test_only_scans_and_names_are_dropped_from_the_bucket_too(desk: Desk) -> None:
    pile, visitor = desk.register.add("Prøve", MOMENT), browser(desk)
    data = as_pdf([scanned(1)])
    at = visitor.send(f"/piles/{pile.id}/uploads", name="bunke.pdf", size=str(len(data))).told["address"]
    visitor.ask("PATCH", at, data, {"x-csrf": CSRF, "upload-offset": "0"})
    assert work_off(desk)
    visitor.post(f"/piles/{pile.id}/forget", do="people")
    assert work_off(desk)

    assert in_bucket(desk) == []
    assert [sheet.score.points for sheet in desk.result(pile).sheets] == [1]
