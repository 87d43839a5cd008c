"""The web desk's tables; a page's state beside its reading; decisions that follow one another."""

import json

import sqlalchemy as sa
from alembic import op

revision = "2"
down_revision = "1"


def upgrade() -> None:
    """Adds what is new, and works it out for what was there."""
    _make_tables()
    op.add_column("pages", sa.Column("state", sa.Text, nullable=False, server_default=""))
    op.add_column("decisions", sa.Column("turn", sa.Integer, nullable=False, server_default="1"))
    op.add_column("decisions", sa.Column("follows", sa.Integer, nullable=False, server_default="0"))
    connection = op.get_bind()
    _tell_states(connection)
    _put_in_turn(connection)
    columns = ["pile", "sha256", "page_index", "item", "turn", "follows"]
    op.create_index("decisions_in_turn", "decisions", columns, unique=True)
    if sa.inspect(connection).has_table("schema_version"):
        op.drop_table("schema_version")


def _tell_states(connection: sa.Connection) -> None:
    pages = sa.table("pages", *(sa.column(name) for name in ("sha256", "page_index", "reading", "state")))
    for row in connection.execute(sa.select(pages.c.sha256, pages.c.page_index, pages.c.reading)).all():
        at = (pages.c.sha256 == row.sha256) & (pages.c.page_index == row.page_index)
        connection.execute(sa.update(pages).where(at).values(state=json.loads(row.reading)["state"]))


def _put_in_turn(connection: sa.Connection) -> None:
    names = ("number", "pile", "sha256", "page_index", "item", "follows")
    decisions = sa.table("decisions", *(sa.column(name) for name in names))
    before: dict[tuple[object, ...], int] = {}
    for row in connection.execute(sa.select(decisions).order_by(decisions.c.number)).all():
        about = row.pile, row.sha256, row.page_index, row.item
        follows = before.get(about, 0)
        connection.execute(sa.update(decisions).where(decisions.c.number == row.number).values(follows=follows))
        before[about] = row.number


def _make_tables() -> None:
    def text(*names: str) -> list[sa.Column[str]]:
        return [sa.Column(name, sa.Text, nullable=False) for name in names]

    op.create_table(
        "piles",
        sa.Column("id", sa.Text, primary_key=True),
        *text("name", "created"),
        sa.Column("people", sa.Integer, nullable=False, server_default="1"),
        sa.Column("keep_days", sa.Integer),
        sa.Column("stripped", sa.Text),
    )
    op.create_table(
        "uploads",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("pile", sa.Text, nullable=False, index=True),
        sa.Column("number", sa.Integer, nullable=False),
        *text("name"),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("complete", sa.Boolean, nullable=False),
        *text("created"),
    )
    op.create_table(
        "jobs",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("pile", sa.Text, nullable=False, index=True),
        *text("kind"),
        sa.Column("state", sa.Text, nullable=False, index=True),
        *text("language", "created"),
        sa.Column("starts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("ended", sa.Text),
        sa.Column("fault", sa.Text, nullable=False, server_default=""),
    )
    op.create_table("accounts", sa.Column("name", sa.Text, primary_key=True), *text("password", "role", "created"))
    op.create_table("sessions", sa.Column("key", sa.String(64), primary_key=True), *text("account", "csrf", "expires"))
    op.create_table(
        "receipts", sa.Column("id", sa.Text, primary_key=True), *text("pile_name", "kind", "who", "at", "counts")
    )
    op.create_table(
        "showings",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("pile", sa.Text, nullable=False, index=True),
        *text("at", "divisions", "forms"),
    )
