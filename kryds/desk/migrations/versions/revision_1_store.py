"""The store: editions and rosters, files, pages and pictures of rows, decisions."""

import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "editions",
        sa.Column("digest", sa.String(8), primary_key=True),
        sa.Column("edition", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "rosters",
        sa.Column("run", sa.String(4), primary_key=True),
        sa.Column("roster", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "files",
        sa.Column("pile", sa.Text, primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("source", "path")),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("pages", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.UniqueConstraint("pile", "source"),
    )
    op.create_table(
        "pages",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("page_index", sa.Integer, primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("kind", "reading")),
    )
    op.create_table(
        "crops",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("page_index", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("item", sa.Text, primary_key=True),
        sa.Column("jpeg", sa.LargeBinary, nullable=False),
        sa.Column("boxes", sa.Text, nullable=False),
    )
    op.create_table(
        "decisions",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("pile", sa.Text, nullable=False),
        sa.Column("digest", sa.String(8), nullable=False),
        sa.Column("sheet", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("page_index", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("item", "state")),
        sa.Column("choice", sa.Integer),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("who", "decided_at", "why")),
    )
