"""The store's tables. A change here is a new revision in migrations/, which brings older databases along."""

import sqlalchemy as sa

metadata = sa.MetaData()

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
    sa.Column("state", sa.Text, nullable=False, server_default=""),
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
    sa.Column("turn", sa.Integer, nullable=False, server_default="1"),
    sa.Column("follows", sa.Integer, nullable=False, server_default="0"),
    # Of two words that follow the same one only the first can stand: nobody overrules what they have not seen.
    sa.Index("decisions_in_turn", "pile", "sha256", "page_index", "item", "turn", "follows", unique=True),
)
