"""The staff's desk in Telegram: bindings, codes, groups, what was said there, what is half done."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "deskbinding",
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("person", sa.LargeBinary(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("bound_at", sa.DateTime(), nullable=False),
        sa.Column("lost_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account"], ["account.name"]),
        sa.PrimaryKeyConstraint("account"),
        sa.UniqueConstraint("person"),
    )
    op.create_table(
        "deskcode",
        sa.Column("code", sa.LargeBinary(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.name"]),
        sa.PrimaryKeyConstraint("code"),
    )
    op.create_index(op.f("ix_deskcode_account"), "deskcode", ["account"], unique=False)
    op.create_table(
        "deskplace",
        sa.Column("chat", sa.LargeBinary(), nullable=False),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("bound_by", sa.String(), nullable=False),
        sa.Column("bound_at", sa.DateTime(), nullable=False),
        sa.Column("lost_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["bound_by"], ["account.name"]),
        sa.PrimaryKeyConstraint("chat"),
    )
    op.create_table(
        "desknote",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_desknote_at"), "desknote", ["at"], unique=False)
    op.create_table(
        "deskcard",
        sa.Column("id", sa.LargeBinary(), nullable=False),
        sa.Column("chat", sa.LargeBinary(), nullable=False),
        sa.Column("tip", sa.String(), nullable=False),
        sa.Column("shown", sa.String(), nullable=False),
        sa.Column("message", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_deskcard_tip"), "deskcard", ["tip"], unique=False)
    op.create_index(op.f("ix_deskcard_at"), "deskcard", ["at"], unique=False)
    op.create_table(
        "deskdraft",
        sa.Column("person", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("person"),
    )
