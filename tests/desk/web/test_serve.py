from pathlib import Path

import pytest

from kryds.desk.voice import Voice
from kryds.desk.web.accounts import Accounts
from kryds.desk.web.serve import Serving, add_owner, desk_of, is_this_machine, serve
from kryds.desk.web.visitor import Role
from kryds.model.errors import ArgumentError
from tests.desk.conftest import Kryds

VOICE = Voice.in_language("en")
EVERYWHERE = "0.0.0.0"  # noqa: S104 - refused, not listened on
PASSWORD = "grøn hest på taget"


HOSTS = [("127.0.0.1", True), ("::1", True), ("localhost", True), (EVERYWHERE, False), ("desk.example", False)]


@pytest.mark.parametrize(("host", "is_here"), HOSTS)
def test_only_this_machine_needs_no_account(host: str, is_here: object) -> None:
    assert is_this_machine(host) is is_here


@pytest.mark.parametrize("serving", [{"host": EVERYWHERE}, {"asks_who": True}])
def test_nobody_is_served_beyond_this_machine_before_there_is_an_owner(
    tmp_path: Path, serving: dict[str, object]
) -> None:
    with pytest.raises(ArgumentError, match="--add-owner NAME"):
        serve(Serving(tmp_path / "desk", **serving), VOICE)  # type: ignore[arg-type]


def test_the_first_owner_is_made_by_a_command(kryds: Kryds, tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    made = kryds("serve", "--data", folder, "--add-owner", "Åse", typed=f"{PASSWORD}\n{PASSWORD}\n")
    accounts = Accounts(desk_of(Serving(folder), VOICE).engine)

    assert made.exit_code == 0
    assert PASSWORD not in made.output
    assert [(each.name, each.role) for each in accounts.all()] == [("Åse", Role.OWNER)]
    assert accounts.is_right("Åse", PASSWORD)
    assert folder.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(("name", "password"), [("", PASSWORD), ("reader", PASSWORD), ("Åse", "kort")])
def test_an_owner_needs_a_name_and_a_long_password(tmp_path: Path, name: str, password: str) -> None:
    with pytest.raises(ArgumentError, match="--add-owner"):
        add_owner(Serving(tmp_path), name, password, VOICE)


def test_where_things_lie_may_be_told() -> None:
    serving = Serving(Path("/desk"), store_url="postgresql://h/n", scans_url="s3://bucket/scans")

    assert (serving.database, serving.settings.scans_url) == ("postgresql://h/n", "s3://bucket/scans")
    assert Serving(Path("/desk")).database == "sqlite:////desk/desk.db"
