"""The web desk's own tables, in the same database as the store's: piles, uploads, jobs, accounts, receipts."""

import sqlalchemy as sa

from kryds.desk.tables_of_store import metadata

__all__ = ["accounts", "jobs", "metadata", "piles", "receipts", "sessions", "showings", "uploads"]

piles = sa.Table(
    "piles",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("created", sa.Text, nullable=False),
    sa.Column("people", sa.Integer, nullable=False, server_default="1"),
    sa.Column("keep_days", sa.Integer),
    sa.Column("stripped", sa.Text),
    sa.Column("min_group", sa.Integer, nullable=False, server_default="5"),
)

#: ``key`` is the name of the file among the scans, chosen by us; ``name`` is what the visitor called it.
uploads = sa.Table(
    "uploads",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("pile", sa.Text, nullable=False, index=True),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("complete", sa.Boolean, nullable=False),
    sa.Column("created", sa.Text, nullable=False),
)

jobs = sa.Table(
    "jobs",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("pile", sa.Text, nullable=False, index=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False, index=True),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("created", sa.Text, nullable=False),
    sa.Column("starts", sa.Integer, nullable=False, server_default="0"),
    sa.Column("ended", sa.Text),
    sa.Column("fault", sa.Text, nullable=False, server_default=""),
)

accounts = sa.Table(
    "accounts",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("password", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("created", sa.Text, nullable=False),
)

#: ``key`` is the SHA-256 of what the browser bears: who reads the table cannot enter by it.
sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("key", sa.String(64), primary_key=True),
    sa.Column("account", sa.Text, nullable=False),
    sa.Column("csrf", sa.Text, nullable=False),
    sa.Column("expires", sa.Text, nullable=False),
)

receipts = sa.Table(
    "receipts",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("pile_name", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("counts", sa.Text, nullable=False),
)

#: What readers were shown of a pile: the numbers, and whose answers they count.
showings = sa.Table(
    "showings",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("pile", sa.Text, nullable=False, index=True),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("divisions", sa.Text, nullable=False),
    sa.Column("forms", sa.Text, nullable=False),
)
