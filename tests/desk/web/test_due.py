from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kryds.desk.archive import Archive
from kryds.desk.printing import UNNUMBERED
from kryds.desk.web.desk import Desk
from kryds.desk.web.due import strip_what_is_due
from tests.desk.piles import placed
from tests.desk.web.desks import browser, new_desk, read_pile


@pytest.fixture
def desk(tmp_path: Path, home: Path) -> Desk:
    Archive(home).keep(placed().edition, UNNUMBERED)
    return new_desk(tmp_path / "desk")


def test_after_the_days_that_were_asked_for_it_happens_by_itself(desk: Desk) -> None:
    pile = read_pile(desk)
    browser(desk).post(f"/piles/{pile.id}/forget", do="keep", days="30")
    begun = datetime.fromisoformat(pile.created)

    assert strip_what_is_due(desk, begun + timedelta(days=29)) == 0
    assert strip_what_is_due(desk, begun + timedelta(days=30)) == 1
    assert strip_what_is_due(desk, datetime.now(UTC) + timedelta(days=99)) == 0
    found = desk.register.find(pile.id)
    assert found
    assert found.stripped


@pytest.mark.parametrize("days", ["", "0", "-3", "x"])
def test_without_days_everything_is_kept(desk: Desk, days: str) -> None:
    pile = read_pile(desk)
    browser(desk).post(f"/piles/{pile.id}/forget", do="keep", days=days)

    assert strip_what_is_due(desk, datetime.now(UTC) + timedelta(days=9999)) == 0
