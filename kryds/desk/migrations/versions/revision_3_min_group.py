"""How many sheets a group must have to be shown, pile by pile."""

import sqlalchemy as sa
from alembic import op

revision = "3"
down_revision = "2"


def upgrade() -> None:
    """Adds what is new; what was promised so far was five."""
    op.add_column("piles", sa.Column("min_group", sa.Integer, nullable=False, server_default="5"))
