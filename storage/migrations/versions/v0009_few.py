"""Two indexes of columns that are mostly empty leave the empty ones out."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in ("merged_into", "withdrawn_from"):
        name, is_there = f"ix_tip_{column}", sa.text(f"{column} IS NOT NULL")
        op.drop_index(name, table_name="tip")
        op.create_index(name, "tip", [column], sqlite_where=is_there, postgresql_where=is_there)
