"""What staff do beside deciding: mergings that can be taken back, known harmless observables, limited reporters, tips
told by phone."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("tip", sa.Column("is_limited", sa.Boolean(), nullable=True))
    op.create_table(
        "merging",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("tip", sa.String(), nullable=False),
        sa.Column("into", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("state_before", sa.String(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.Column("undone_by", sa.String(), nullable=True),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.Column("undone_reason", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["into"], ["tip.id"]),
        sa.ForeignKeyConstraint(["tip"], ["tip.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_merging_tip"), "merging", ["tip"], unique=False)
    op.create_index(op.f("ix_merging_into"), "merging", ["into"], unique=False)
    # What was merged before there was this table can be taken back too; only its root is known by now.
    op.execute(
        'INSERT INTO merging (tip, "into", "by", at, state_before, reason) '
        "SELECT id, merged_into, decided_by, merged_at, 'new', reason FROM tip "
        "WHERE state = 'merged' AND merged_into IS NOT NULL AND decided_by IS NOT NULL AND merged_at IS NOT NULL"
    )
    op.create_table(
        "benign",
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("type", "hash"),
    )
    op.create_index(op.f("ix_benign_until"), "benign", ["until"], unique=False)
    op.create_table(
        "reporterlimit",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("conversation", sa.LargeBinary(), nullable=False),
        sa.Column("tip", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=False),
        sa.Column("limited_by", sa.String(), nullable=True),
        sa.Column("limited_at", sa.DateTime(), nullable=True),
        sa.Column("until", sa.DateTime(), nullable=True),
        sa.Column("ended_by", sa.String(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["tip"], ["tip.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_reporterlimit_in_force", "reporterlimit", ["conversation", "until"], unique=False)
    op.create_index(op.f("ix_reporterlimit_tip"), "reporterlimit", ["tip"], unique=False)
    op.create_index(op.f("ix_reporterlimit_ended_at"), "reporterlimit", ["ended_at"], unique=False)
    op.create_table(
        "phonetip",
        sa.Column("tip", sa.String(), nullable=False),
        sa.Column("taken_by", sa.String(), nullable=False),
        sa.Column("entry", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["tip"], ["tip.id"]),
        sa.PrimaryKeyConstraint("tip"),
        sa.UniqueConstraint("entry"),
    )
