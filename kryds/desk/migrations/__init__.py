"""Brings a database's tables to what this kryds works on: made at once when there are none, else step by step."""

from pathlib import Path

import sqlalchemy as sa

from kryds.desk.tables_of_desk import metadata
from kryds.model.errors import ArgumentError

__all__ = ["LATEST", "prepare", "upgrade"]

#: The revision that ``metadata`` is; every one before it has its file in versions/.
LATEST = "3"
#: What an edition of kryds without revisions wrote: its tables are revision 1.
FIRST, OLD_VERSION_TABLE, OLD_VERSION = "1", "schema_version", 2

#: As Alembic itself makes it, so that its own commands work on the database too.
revisions = sa.Table("alembic_version", metadata, sa.Column("version_num", sa.String(32), primary_key=True))


def prepare(engine: sa.Engine) -> None:
    """Makes the tables, or brings them up to date. Raises ArgumentError when another kryds made them."""
    revision = _revision(engine)
    if revision == LATEST:
        return
    if revision is None:
        with engine.begin() as connection:
            if engine.dialect.name == "sqlite":  # which otherwise makes every table by itself, a disk's wait for each
                connection.exec_driver_sql("BEGIN")
            metadata.create_all(connection)
            connection.execute(sa.insert(revisions), [{"version_num": LATEST}])
        return
    if not (revision.isdecimal() and int(revision) < int(LATEST)):
        raise ArgumentError(
            f"the store {engine.url} was made by another version of kryds (tables {revision}, here {LATEST}); "
            "use that one, or read the scans into another folder"
        )
    upgrade(engine, revision)


def upgrade(engine: sa.Engine, revision: str | None) -> None:
    """Takes every step from ``revision`` (None: from nothing) on, all of them or none."""
    from alembic.config import Config  # noqa: PLC0415 - half a second that only an old database pays
    from alembic.runtime.environment import EnvironmentContext  # noqa: PLC0415 - as above
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - as above

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    script = ScriptDirectory.from_config(config)
    with engine.begin() as connection:
        revisions.create(connection, checkfirst=True)
        if revision and not connection.scalar(sa.select(revisions.c.version_num)):
            connection.execute(sa.insert(revisions), [{"version_num": revision}])
        with EnvironmentContext(config, script, fn=lambda at, _: script._upgrade_revs(LATEST, at)) as environment:  # noqa: SLF001 - as Alembic's own upgrade command does
            environment.configure(connection=connection)
            environment.run_migrations()


def _revision(engine: sa.Engine) -> str | None:
    """The revision of the tables that are there; None when there are none."""
    with engine.connect() as connection:
        names = set(sa.inspect(connection).get_table_names())
        if revisions.name in names:
            found: str | None = connection.scalar(sa.select(revisions.c.version_num))
            if found:
                return found
        if OLD_VERSION_TABLE not in names:
            return None
        old = connection.scalar(sa.select(sa.column("version")).select_from(sa.table(OLD_VERSION_TABLE)))
        return FIRST if old == OLD_VERSION else f"before revisions, {old}"
