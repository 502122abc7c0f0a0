"""Observables that are known to be harmless for a time (a bank's own number, a courier's domain): they link nothing."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, delete, select

from storage import tables
from storage.act_tables import Benign
from storage.database import Transaction
from storage.errors import NotFound
from storage.links import ObservableHash


@dataclass(frozen=True, slots=True)
class KnownBenign:
    """`sealed`, to staff: what it is, and why it is harmless."""

    observable: ObservableHash
    by: str
    at: datetime
    until: datetime
    sealed: bytes


def mark(t: Transaction, known: KnownBenign) -> None:
    """In the place of what was said of it before."""
    type_, hash_ = known.observable.type, known.observable.hash
    t.session.merge(Benign(type=type_, hash=hash_, by=known.by, at=known.at, until=known.until, sealed=known.sealed))
    t.session.flush()


def lift(t: Transaction, observable: ObservableHash) -> None:
    """It links again. Raises NotFound."""
    row = t.session.get(Benign, (observable.type, observable.hash))
    if row is None:
        raise NotFound("benign observable", observable.hash.hex()[:16])
    t.session.delete(row)
    t.session.flush()


def every(t: Transaction, *, now: datetime) -> tuple[KnownBenign, ...]:
    """What is in force, what ends first before the rest."""
    in_force = select(Benign).where(col(Benign.until) > now).order_by(col(Benign.until), col(Benign.hash))
    return tuple(_read(row) for row in t.session.exec(in_force))


def of_tip(t: Transaction, tip: str, *, now: datetime) -> dict[ObservableHash, KnownBenign]:
    """Those of a tip's observables that are in force."""
    link = tables.Link
    found = t.session.exec(
        select(Benign)
        .join(link, (col(link.hash) == col(Benign.hash)) & (col(link.type) == col(Benign.type)))
        .where(link.tip == tip, col(Benign.until) > now)
    )
    read = [_read(row) for row in found]
    return {known.observable: known for known in read}


def forget(t: Transaction, *, now: datetime) -> int:
    """Deletes what is over; how many."""
    return int(t.session.exec(delete(Benign).where(col(Benign.until) <= now)).rowcount)


def _read(row: Benign) -> KnownBenign:
    return KnownBenign(ObservableHash(row.type, row.hash), row.by, row.at, row.until, row.sealed)
