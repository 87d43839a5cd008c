import json
from pathlib import Path

import pytest
import sqlalchemy as sa

from kryds.desk.database import connected
from kryds.desk.decisions import Decision
from kryds.desk.migrations import LATEST, prepare, revisions, upgrade
from kryds.desk.migrations.versions import revision_1_store, revision_2_desk, revision_3_min_group
from kryds.desk.store import Store, StoredFile
from kryds.desk.tables_of_desk import metadata
from kryds.model.errors import ArgumentError
from kryds.model.reading import AnswerState, PageReading, PageState
from kryds.reader.read import PageRead

ONE = "1" * 64


def tables(engine: sa.Engine) -> dict[str, list[tuple[str, bool, str]]]:
    """The columns of every table, as the database tells them."""
    inspector = sa.inspect(engine)
    return {
        name: sorted((c["name"], c["nullable"], str(c["type"])) for c in inspector.get_columns(name))
        for name in inspector.get_table_names()
    }


def of_before(url: str) -> sa.Engine:
    """A store as kryds wrote it before there were revisions: one page, and two words on one of its items."""
    old = sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    upgrade(old, None)  # all there is; then what was not there is taken away again
    metadata.drop_all(old)
    with old.begin() as connection:
        from alembic.operations import Operations  # noqa: PLC0415 - for this test alone
        from alembic.runtime.migration import MigrationContext  # noqa: PLC0415 - as above

        with Operations.context(MigrationContext.configure(connection)):
            revision_1_store.upgrade()
        connection.exec_driver_sql("CREATE TABLE schema_version (version INTEGER)")
        connection.exec_driver_sql("INSERT INTO schema_version VALUES (2)")
        reading = {"source": "a.pdf", "index": 0, "state": "blank"}
        connection.execute(
            sa.text("INSERT INTO files VALUES ('', 1, 'a.pdf', '/a.pdf', :sha, 1, 'null')"), {"sha": ONE}
        )
        connection.execute(
            sa.text("INSERT INTO pages VALUES (:sha, 0, '', :reading)"), {"sha": ONE, "reading": json.dumps(reading)}
        )
        for _ in range(2):
            connection.execute(
                sa.text(
                    "INSERT INTO decisions (pile, digest, sheet, sha256, page_index, item, state, choice, who,"
                    " decided_at, why)"
                    " VALUES ('', '0a', '7', :sha, 0, '1.1', 'blank', NULL, 'Bo', 't', '')"
                ),
                {"sha": ONE},
            )
    return old


def test_the_steps_lead_to_the_tables_that_are_made_at_once(url: str) -> None:
    stepped = sa.create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    upgrade(stepped, None)
    by_steps = tables(stepped)
    metadata.drop_all(stepped)
    prepare(stepped)

    assert by_steps == tables(stepped)
    assert set(by_steps) == set(metadata.tables)


def test_a_store_of_before_goes_on_working(url: str) -> None:
    of_before(url).dispose()
    with Store(url) as store:
        assert [page.state for page in store.pages()] == [PageState.BLANK]
        assert store.states() == {(ONE, 0): "blank"}
        first, second = store.decisions()
        assert not store.decide(Decision("0a", "7", "a.pdf", 0, "1.1", AnswerState.BLANK, None, "Bo", "t"), after=1)
        assert store.decide(Decision("0a", "7", "a.pdf", 0, "1.1", AnswerState.BLANK, None, "Bo", "t"), after=2)

    assert (first.number, second.number) == (1, 2)
    steps = (revision_1_store, revision_2_desk, revision_3_min_group)
    assert [step.revision for step in steps] == ["1", "2", LATEST]


def test_what_is_up_to_date_is_left_alone(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'kryds.db'}"
    with Store(url) as store:
        store.keep_files([StoredFile("a.pdf", Path("/a.pdf"), ONE, 1)])
        store.keep_pages(ONE, [PageRead(PageReading("a.pdf", 0, PageState.BLANK))])
    before = (tmp_path / "kryds.db").read_bytes()
    connected(url).dispose()

    assert (tmp_path / "kryds.db").read_bytes() == before


@pytest.mark.parametrize("revision", ["4", "a later one"])
def test_tables_of_a_later_kryds_are_left_alone(tmp_path: Path, revision: str) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'kryds.db'}")
    prepare(engine)
    with engine.begin() as connection:
        connection.execute(sa.update(revisions).values(version_num=revision))

    with pytest.raises(ArgumentError, match="made by another version of kryds"):
        prepare(engine)
