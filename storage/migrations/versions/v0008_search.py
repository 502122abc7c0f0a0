"""Searching and similar tips: the index, and what is there already to be written into it."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "indexedtip",
        sa.Column("tip", sa.String(), nullable=False),
        sa.Column("number", number, nullable=False),
        sa.Column("terms", sa.LargeBinary(), nullable=False),
        sa.Column("sketch", sa.LargeBinary(), nullable=False),
        sa.Column("alike", number, nullable=False),
        sa.ForeignKeyConstraint(["tip"], ["tip.id"]),
        sa.PrimaryKeyConstraint("tip"),
        sa.UniqueConstraint("number"),
    )
    for name in ("term", "band"):
        op.create_table(
            name,
            sa.Column("hash", number, nullable=False, autoincrement=False),
            sa.Column("number", number, nullable=False, autoincrement=False),
            sa.PrimaryKeyConstraint("hash", "number"),
            sqlite_with_rowid=False,
        )
    # Linking a tip writes its index too.
    now = datetime.now(UTC).replace(tzinfo=None)
    ask = sa.text(
        "INSERT INTO work (kind, subject, state, run_at, attempts, created_at)"
        " SELECT 'link-tip', id, 'waiting', :now, 0, :now FROM tip WHERE erased_at IS NULL"
    )
    op.execute(ask.bindparams(sa.bindparam("now", now, sa.DateTime())))
