"""Where a tip stands in the queue, its deadline, what it waited for first, and the filters that staff keep."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_ORDERED = {
    "ix_tip_lane": "lane",
    "ix_tip_state": "state",
    "ix_tip_kind": "kind",
    "ix_tip_pattern": "pattern",
    "ix_tip_language": "language",
    "ix_tip_country": "country",
    "ix_tip_holder": "claimed_by",
}


def upgrade() -> None:
    columns = (
        ("lane", sa.String()),
        ("rank", _NUMBER),
        ("marks", sa.String()),
        ("recall_until", sa.DateTime()),
        ("due_at", sa.DateTime()),
        ("due_left", _NUMBER),
        ("restamp_at", sa.DateTime()),
        ("first_claimed_at", sa.DateTime()),
        ("first_asked_at", sa.DateTime()),
        ("first_replied_at", sa.DateTime()),
    )
    for name, kind in columns:
        op.add_column("tip", sa.Column(name, kind, nullable=True))
    _rank_what_is_there()
    op.drop_index("ix_tip_queue", "tip")
    op.drop_index("ix_tip_claimed_by", "tip")
    op.create_index("ix_tip_rank", "tip", ["rank", "id"])
    for index, column in _ORDERED.items():
        op.create_index(index, "tip", [column, "rank", "id"])
    for column in ("due", "restamp", "replied", "filed", "decided"):
        op.create_index(f"ix_tip_{column}", "tip", [f"{column}_at"])
    op.create_table(
        "savedfilter",
        sa.Column("id", _NUMBER, nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("chosen", sa.String(), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.name"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("account", "name", name="uq_savedfilter_name"),
    )
    op.create_index(op.f("ix_savedfilter_account"), "savedfilter", ["account"])
    op.create_index(op.f("ix_savedfilter_is_shared"), "savedfilter", ["is_shared"])


def _rank_what_is_there() -> None:
    """As `standing` does it; lanes and deadlines of what is open come with the staff jobs' first sweep."""
    is_file = op.get_bind().dialect.name == "sqlite"

    def epoch(column: str) -> str:
        if is_file:
            return f"CAST(strftime('%s', {column}) AS INTEGER)"
        return f"CAST(extract(epoch FROM {column}) AS BIGINT)"

    is_open = "state IN ('new', 'claimed', 'waiting')"
    rank = f"(4095 - urgency) * 17179869184 + {epoch('filed_at')}"
    rank_at_end = f"-{epoch('coalesce(decided_at, withdrawn_at, erased_at, filed_at)')}"
    lane = "CASE WHEN state IN ('decided', 'merged') THEN 'ended' ELSE 'gone' END"
    two_days = (
        "strftime('%Y-%m-%d %H:%M:%f000', filed_at, '+48 hours')" if is_file else "filed_at + interval '48 hours'"
    )

    def first(kind: str) -> str:
        return f"(SELECT min(at) FROM message WHERE message.tip = tip.id AND kind = '{kind}')"  # noqa: S608 # as below

    for change in (
        f"lane = 'ordinary', restamp_at = filed_at, rank = {rank} WHERE {is_open}",
        f"lane = {lane}, rank = {rank_at_end} WHERE NOT {is_open}",
        f"recall_until = {two_days} WHERE ',' || dangers || ',' LIKE '%,money-gone,%'",
        f"first_claimed_at = claimed_at, first_asked_at = {first('question')}, first_replied_at = {first('answer')}",
    ):
        op.execute(f"UPDATE tip SET {change}")  # noqa: S608 # only words of this file are in it
