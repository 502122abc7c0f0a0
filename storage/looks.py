"""What a turn looks at before it runs, in one statement: on a server each one is a way there and back."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy import Text, bindparam, cast, func, literal, literal_column

from storage import limits, sessions, tables, updates
from storage.database import Transaction
from storage.outbox import OutboxState
from storage.prepared import Statement
from storage.sealing import CitizensKeys
from storage.sessions import SavedSession
from storage.transaction import table_of


@dataclass(frozen=True, slots=True)
class Look:
    """`seen`: the update was taken in already. `waiting`: the messages that wait to be sent to the person, in order.
    `counted`: how often what was asked for was done in this window."""

    saved: SavedSession
    seen: bool
    waiting: tuple[int, ...]
    counted: int


def look(
    t: Transaction,
    keys: CitizensKeys,
    conversation: bytes,
    *,
    channel: str,
    update: str,
    action: str,
    window: timedelta,
    now: datetime,
) -> Look:
    """A conversation as it stands. Raises Undecipherable when it was saved with another key."""
    asked = {
        "conversation": conversation,
        "digest": updates.digest(channel, update),
        "pending": OutboxState.PENDING,
        "action": action,
        "window": limits.window_number(window, now),
    }
    ((version, body, touched_at, seen, waiting, counted),) = t.rows(_look, asked)
    saved = sessions.opened(keys, conversation, version, body, touched_at)
    # In no order that could be relied on.
    numbers = tuple(sorted(int(number) for number in waiting.split(","))) if waiting else ()
    return Look(saved, bool(seen), numbers, counted or 0)


def _look(dialect: str) -> Statement:
    session, update, message, counter = (
        table_of(table).c for table in (tables.Session, tables.SeenUpdate, tables.Outbox, tables.Counter)
    )
    conversation = bindparam("conversation", type_=session.conversation.type)
    theirs = (message.conversation == conversation, message.state == bindparam("pending"))
    counts = (
        counter.action == bindparam("action"),
        counter.subject == conversation,
        counter.window == bindparam("window"),
    )
    in_a_row = func.string_agg if dialect == "postgresql" else func.group_concat
    waiting = sa.select(in_a_row(cast(message.id, Text), literal_column("','"))).where(*theirs)
    # There is one row, whether there is a session or not.
    one = sa.select(literal(1).label("one")).subquery("one_row")
    return sa.select(
        session.version,
        session.body,
        session.touched_at,
        sa.exists().where(update.digest == bindparam("digest")).label("seen"),
        waiting.scalar_subquery().label("waiting"),
        sa.select(counter.count).where(*counts).scalar_subquery().label("counted"),
    ).select_from(one.outerjoin(table_of(tables.Session), session.conversation == conversation))
