"""Releases of the knowledge, patterns that editors publish, and the pattern a tip was confirmed as."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "publishedpattern",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pattern", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("toml", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("proof", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_publishedpattern_pattern"), "publishedpattern", ["pattern"], unique=False)
    op.create_table(
        "release",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("learned_from", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("signature", sa.LargeBinary(), nullable=True),
        sa.Column("examples", sa.String(), nullable=False),
        sa.Column("figures", sa.String(), nullable=True),
        sa.Column("held_by", sa.String(), nullable=False),
        sa.Column("again", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "releasecontent",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )
    with op.batch_alter_table("tip") as batch:
        batch.add_column(sa.Column("confirmed_pattern", sa.String(), nullable=True))
        batch.add_column(sa.Column("confirmed_proof", sa.LargeBinary(), nullable=True))
        batch.create_index("ix_tip_confirmed", ["confirmed_pattern"], unique=False)
