from pathlib import Path

import pytest
import sqlalchemy as sa

from kryds.desk.tables_of_store import SCHEMA_VERSION, metadata, prepare, schema
from kryds.model.errors import ArgumentError


@pytest.fixture
def engine(tmp_path: Path) -> sa.Engine:
    return sa.create_engine(f"sqlite:///{tmp_path / 'kryds.db'}")


def test_the_tables_are_made_once_and_bear_their_version(engine: sa.Engine) -> None:
    prepare(engine)
    prepare(engine)

    assert set(sa.inspect(engine).get_table_names()) == set(metadata.tables)
    with engine.connect() as connection:
        assert connection.execute(sa.select(schema)).all() == [(SCHEMA_VERSION,)]


def test_tables_of_another_version_are_left_alone(engine: sa.Engine) -> None:
    prepare(engine)
    with engine.begin() as connection:
        connection.execute(sa.update(schema).values(version=SCHEMA_VERSION + 1))

    with pytest.raises(ArgumentError, match="made by another version of kryds"):
        prepare(engine)
