from pathlib import Path

import pytest

from kryds.desk.web.desk import Desk
from kryds.desk.web.register import Pile
from tests.desk.web.desks import new_desk, open_pile


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return new_desk(tmp_path / "desk")


@pytest.fixture
def pile(desk: Desk) -> Pile:
    return open_pile(desk)
