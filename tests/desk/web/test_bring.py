from pathlib import Path

import pytest

from kryds.desk.web.desk import Desk
from kryds.desk.web.visitor import Role
from tests.desk.web.desks import CSRF, MOMENT, Browser, Heard, browser, new_desk

DATA = bytes(range(200)) * 5


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return new_desk(tmp_path, max_upload_bytes=2000, max_pile_bytes=3000)


@pytest.fixture
def address(desk: Desk) -> str:
    return f"/piles/{desk.register.add('Prøve', MOMENT).id}/uploads"


def begin(visitor: Browser, address: str, name: str = "a.pdf", size: int = len(DATA)) -> Heard:
    return visitor.send(address, name=name, size=str(size))


def chunk(visitor: Browser, address: str, offset: int, data: bytes) -> Heard:
    return visitor.ask("PATCH", address, data, {"x-csrf": CSRF, "upload-offset": str(offset)})


def test_a_file_comes_in_chunks_and_is_to_be_read_when_it_is_whole(desk: Desk, address: str) -> None:
    visitor = browser(desk)
    to = begin(visitor, address).told["address"]
    assert chunk(visitor, to, 0, DATA[:300]).told == {"received": 300}
    pile = address.split("/")[2]
    assert not desk.jobs.is_busy(pile)
    assert chunk(visitor, to, 300, DATA[300:]).told == {"received": 1000}

    assert desk.jobs.is_busy(pile)
    assert desk.scans.path(pile, to.rpartition("/")[2]).read_bytes() == DATA


def test_an_upload_that_broke_off_goes_on_where_it_stopped(desk: Desk, address: str) -> None:
    visitor = browser(desk)
    to = begin(visitor, address).told["address"]
    chunk(visitor, to, 0, DATA[:300])
    again = begin(browser(desk), address).told

    assert again == {"address": to, "received": 300}
    assert visitor.get(to).told == {"received": 300}


@pytest.mark.parametrize("offset", [0, 299, 301, -1])
def test_a_chunk_for_another_place_is_refused_and_told_where_the_file_is(desk: Desk, address: str, offset: int) -> None:
    visitor = browser(desk)
    to = begin(visitor, address).told["address"]
    chunk(visitor, to, 0, DATA[:300])
    heard = chunk(visitor, to, offset, DATA)

    assert (heard.status, heard.told) == (409, {"received": 300})


def test_a_file_larger_than_it_said_is_begun_anew(desk: Desk, address: str) -> None:
    visitor = browser(desk)
    to = begin(visitor, address, size=100).told["address"]

    assert chunk(visitor, to, 0, DATA).status == 413
    assert visitor.get(to).told == {"received": 0}


@pytest.mark.parametrize(("size", "status"), [(0, 400), (-5, 400), (2001, 413)])
def test_a_file_too_large_or_empty_is_told_so_before_it_is_sent(
    desk: Desk, address: str, size: int, status: int
) -> None:
    heard = begin(browser(desk), address, size=size)

    assert (heard.status, bool(heard.told["error"])) == (status, True)


def test_a_pile_has_a_limit_too(desk: Desk, address: str) -> None:
    visitor = browser(desk)
    statuses = [begin(visitor, address, f"{number}.pdf").status for number in range(4)]

    assert statuses == [200, 200, 200, 413]


def test_a_full_disk_is_told(desk: Desk, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = browser(desk)
    to = begin(visitor, address).told["address"]

    async def refuse(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kryds.desk.web.bring._append", refuse)
    heard = chunk(visitor, to, 0, DATA)

    assert (heard.status, "plads på disken" in heard.told["error"]) == (507, True)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a\x00b.pdf", "<img src=x>.pdf", "con.pdf", "æøå.pdf", "C:\\x.pdf", ""]
)
def test_the_name_of_a_file_never_reaches_the_disk_nor_the_page(
    desk: Desk, address: str, name: str, tmp_path: Path
) -> None:
    visitor = browser(desk)
    to = begin(visitor, address, name).told["address"]
    page = visitor.get(address.replace("uploads", "pages")).text
    key = to.rpartition("/")[2]

    assert key.replace(".pdf", "").isalnum()
    assert [path.name for path in (tmp_path / "parts").iterdir()] == [key]
    assert "<img src=x>" not in page


def test_only_owners_bring_piles_and_only_to_their_own_address(desk: Desk, address: str) -> None:
    to = begin(browser(desk), address).told["address"]
    other = desk.register.add("En anden", MOMENT)

    assert begin(browser(desk, Role.REVIEWER), address).status == 403
    assert chunk(browser(desk, Role.REVIEWER), to, 0, DATA).status == 403
    assert chunk(browser(desk), to.replace(address.split("/")[2], other.id), 0, DATA).status == 404
