"""The trace that a job was ordered in."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("jobs", sa.Column("trace", sa.Text(), server_default="", nullable=False))
