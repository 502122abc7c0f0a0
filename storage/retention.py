"""How long what is kept, as data, and the one sweep that erases what is over."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select

from storage import (
    benign,
    exhibits,
    limits,
    outbox,
    passkeys,
    proposals,
    reporter_limits,
    sessions,
    signins,
    tables,
    updates,
    work,
)
from storage.database import Transaction
from storage.tips import TipState
from storage.withdrawals import erase_content


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """Each counts from what is named beside it."""

    idle_session: timedelta = timedelta(hours=72)  # from the last turn of a report that was not filed
    erased_session: timedelta = timedelta(
        hours=1
    )  # from its erasing: the empty row guards against a turn still running
    update: timedelta = timedelta(days=8)  # from its arrival: channels deliver again for a week at most
    outbox: timedelta = timedelta(days=7)  # from when it was written; then it is dead; and as long again, its row
    done_work: timedelta = timedelta(days=8)  # from its end; what is dead stays until somebody looks
    decided_tip: timedelta = timedelta(days=365)  # from the verdict or the merging: content and links
    undecided_tip: timedelta = timedelta(days=730)  # from filing: what nobody decided on in two years goes too
    withdrawn_tip: timedelta = timedelta(
        hours=1
    )  # from the withdrawal: a day is promised, so the sweep keeps well within
    kept_check: timedelta = timedelta(days=90)  # from filing: what the person who only asked agreed to (`keep_until`)


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """How many of each were erased."""

    sessions: int
    updates: int
    outbox: int
    work: int
    counters: int
    sign_ins: int
    tips: int


def sweep(t: Transaction, *, now: datetime, retention: Retention, limit: int = 200) -> Swept:
    """Erase what is over; at most `limit` tips a call, so call again while there are that many."""
    tips = _over(t, now, retention, limit)
    for tip in tips:
        erase_content(t, tip, now=now)
    outbox.forget(t, finished_before=now - retention.outbox)
    over = sessions.expire(t, idle_since=now - retention.idle_session, erased_since=now - retention.erased_session)
    exhibits.expire(t)
    benign.forget(t, now=now)
    reporter_limits.forget(t, now=now)
    proposals.forget_bodies(t, now=now)
    return Swept(
        sessions=over,
        updates=updates.forget(t, before=now - retention.update),
        outbox=outbox.expire(t, now=now, before=now - retention.outbox, armed_before=now - retention.kept_check),
        work=work.forget(t, finished_before=now - retention.done_work),
        counters=limits.forget(t, now=now),
        sign_ins=signins.forget(t, now=now) + passkeys.forget_spent(t, now=now),
        tips=len(tips),
    )


def _over(t: Transaction, now: datetime, retention: Retention, limit: int) -> list[str]:
    row = tables.Tip
    is_withdrawn = (col(row.state) == TipState.WITHDRAWN) & (col(row.withdrawn_at) <= now - retention.withdrawn_tip)
    is_settled = col(row.decided_at) <= now - retention.decided_tip
    is_kept_no_longer = (col(row.keep_until) <= now) | (
        col(row.decided_at).is_(None) & (col(row.filed_at) <= now - retention.undecided_tip)
    )
    over = select(row.id).where(col(row.erased_at).is_(None), is_withdrawn | is_settled | is_kept_no_longer)
    return list(t.session.exec(over.order_by(col(row.filed_at), col(row.id)).limit(limit)))
