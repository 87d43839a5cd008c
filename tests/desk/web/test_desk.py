from datetime import UTC, datetime
from pathlib import Path

from kryds.desk.web.desk import now
from tests.desk.web.desks import browser, new_desk, open_pile


def test_the_time_is_told_in_utc() -> None:
    assert (datetime.now(UTC) - datetime.fromisoformat(now())).total_seconds() < 10


def test_a_pile_has_a_store_and_a_result_of_its_own(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    first, second = open_pile(desk), open_pile(desk, sheets=0)

    assert (len(desk.result(first).sheets), len(desk.result(second).sheets)) == (2, 0)
    assert browser(desk).get(f"/piles/{first.id}x/pages").status == 404
