"""The store's tables, and the version of them that stands in the database."""

import sqlalchemy as sa

from kryds.model.errors import ArgumentError

#: Counts up when the tables change.
SCHEMA_VERSION = 2

metadata = sa.MetaData()

schema = sa.Table("schema_version", metadata, sa.Column("version", sa.Integer, primary_key=True))

editions = sa.Table(
    "editions",
    metadata,
    sa.Column("digest", sa.String(8), primary_key=True),
    sa.Column("edition", sa.LargeBinary, nullable=False),
)

rosters = sa.Table(
    "rosters",
    metadata,
    sa.Column("run", sa.String(4), primary_key=True),
    sa.Column("roster", sa.LargeBinary, nullable=False),
)

files = sa.Table(
    "files",
    metadata,
    sa.Column("pile", sa.Text, primary_key=True),
    sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("path", sa.Text, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("pages", sa.Integer, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.UniqueConstraint("pile", "source"),
)

pages = sa.Table(
    "pages",
    metadata,
    sa.Column("sha256", sa.String(64), primary_key=True),
    sa.Column("page_index", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("reading", sa.Text, nullable=False),
)

crops = sa.Table(
    "crops",
    metadata,
    sa.Column("sha256", sa.String(64), primary_key=True),
    sa.Column("page_index", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("item", sa.Text, primary_key=True),
    sa.Column("jpeg", sa.LargeBinary, nullable=False),
    sa.Column("boxes", sa.Text, nullable=False),
)

decisions = sa.Table(
    "decisions",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("pile", sa.Text, nullable=False),
    sa.Column("digest", sa.String(8), nullable=False),
    sa.Column("sheet", sa.Text, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("page_index", sa.Integer, nullable=False),
    sa.Column("item", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("choice", sa.Integer),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("decided_at", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
)


def prepare(engine: sa.Engine) -> None:
    """Makes the tables where there are none. Raises ArgumentError when a later kryds made them."""
    with engine.begin() as connection:
        metadata.create_all(connection)
        version = connection.scalar(sa.select(schema.c.version))
        if version is None:
            connection.execute(sa.insert(schema), [{"version": SCHEMA_VERSION}])
        elif version != SCHEMA_VERSION:
            raise ArgumentError(
                f"the store {engine.url} was made by another version of kryds (tables {version}, here "
                f"{SCHEMA_VERSION}); use that one, or read the scans into another folder"
            )
