import io
from pathlib import Path

import pytest
from PIL import Image

from kryds.desk.archive import Archive
from kryds.desk.printing import UNNUMBERED
from kryds.desk.web.desk import Desk
from kryds.desk.web.scan_pictures import Drawer, Wanted, drawn
from kryds.samples.paper.files import as_jpeg
from tests.desk.piles import placed, scanned
from tests.desk.web.desks import browser, new_desk, read_pile


@pytest.fixture
def desk(tmp_path: Path, home: Path) -> Desk:
    Archive(home).keep(placed().edition, UNNUMBERED)
    return new_desk(tmp_path / "desk")


def size(jpeg: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(jpeg)) as image:
        return image.size


def test_a_page_is_shown_large_and_small(desk: Desk) -> None:
    address = f"/piles/{read_pile(desk).id}/scan/1/4.jpg"
    visitor = browser(desk)
    large, small = visitor.get(address), visitor.get(f"{address}?small")

    assert large.headers["content-type"] == "image/jpeg"
    assert max(size(large.body)) > 1000
    assert max(size(small.body)) == 480


@pytest.mark.parametrize("place", ["0/1", "2/1", "1/0", "1/5", "99/99"])
def test_a_page_that_is_not_there_is_told(desk: Desk, place: str) -> None:
    assert browser(desk).get(f"/piles/{read_pile(desk).id}/scan/{place}.jpg").status == 404


def test_a_page_is_turned_upright_unless_wanted_as_stored(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(as_jpeg(scanned(1)))
    upright, turned = (drawn(Wanted(tmp_path / "a.jpg", 0, 400, turn)) for turn in (0, 90))

    assert upright
    assert turned
    assert size(upright) == size(turned)[::-1]


def test_a_file_that_cannot_be_shown_leaves_the_server_standing(tmp_path: Path) -> None:
    drawer = Drawer()
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 broken")
    (tmp_path / "b.jpg").write_bytes(as_jpeg(scanned(1)))

    assert drawer.draw(Wanted(tmp_path / "a.pdf", 0, 400, 0)) is None
    assert drawer.draw(Wanted(tmp_path / "b.jpg", 0, 400, 0))
    drawer.end()
