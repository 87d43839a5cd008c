from pathlib import Path

import pytest
import sqlalchemy as sa

from kryds.desk.database import connected
from kryds.model.errors import ArgumentError


@pytest.mark.parametrize("url", ["nonsense", "oracle9i://x/y", "sqlite:////nowhere/at/all.db"])
def test_a_database_that_cannot_be_used_is_told(url: str) -> None:
    with pytest.raises(ArgumentError, match="cannot be used"):
        connected(url)


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "kryds.db").write_bytes(b"something else altogether" * 100)
    with pytest.raises(ArgumentError, match=r"kryds\.db: the store cannot be used \(file is not a database\)"):
        connected(f"sqlite:///{tmp_path / 'kryds.db'}")


def test_a_full_database_is_told_with_its_cure(tmp_path: Path) -> None:
    engine = connected(f"sqlite:///{tmp_path / 'kryds.db'}")
    with engine.begin() as connection:
        connection.execute(sa.text("PRAGMA max_page_count = 1"))
        with pytest.raises(ArgumentError, match=r"is full\); check that it is there"):
            connection.execute(sa.text("CREATE TABLE big AS SELECT randomblob(1000000)"))


def test_a_wrong_query_is_a_bug(tmp_path: Path) -> None:
    engine = connected(f"sqlite:///{tmp_path / 'kryds.db'}")
    with pytest.raises(sa.exc.IntegrityError), engine.begin() as connection:
        connection.execute(sa.text("INSERT INTO decisions (number) VALUES (1)"))


def test_a_password_is_not_told() -> None:
    with pytest.raises(ArgumentError) as told:
        connected("postgresql://bo:secret@127.0.0.1:1/kryds")

    assert "bo:***@127.0.0.1:1/kryds: the store cannot be used" in str(told.value)
    assert "secret" not in str(told.value)


@pytest.mark.parametrize(
    ("error", "told"), [(KeyboardInterrupt, []), (SystemExit, ["Exception during reset or similar"])]
)
def test_ctrl_c_while_a_connection_is_put_back_is_not_told_with_a_traceback(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, error: type[BaseException], told: list[str]
) -> None:
    def interrupt(*_: object) -> None:
        raise error

    engine = connected(f"sqlite:///{tmp_path / 'kryds.db'}")
    sa.event.listen(engine, "reset", interrupt)

    with pytest.raises(error), engine.connect():
        pass

    assert [record.getMessage() for record in caplog.records] == told
