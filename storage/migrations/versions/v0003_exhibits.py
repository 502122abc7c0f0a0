"""Exhibits: pictures, recordings and files that people sent, sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "exhibit",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("conversation", sa.LargeBinary(), nullable=True),
        sa.Column("tip", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("kept_at", sa.DateTime(), nullable=False),
        sa.Column("about", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["tip"], ["tip.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_exhibit_conversation"), "exhibit", ["conversation"], unique=False)
    op.create_index(op.f("ix_exhibit_tip"), "exhibit", ["tip"], unique=False)
