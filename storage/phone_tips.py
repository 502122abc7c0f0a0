"""Tips that a member of staff wrote down while somebody told them by phone."""

from sqlmodel import select

from storage.act_tables import PhoneTip
from storage.database import Transaction


def note(t: Transaction, tip: str, *, taken_by: str, entry: bytes) -> None:
    """`entry` is of the form, once filled in; look first whether it was `filed_as`."""
    t.session.add(PhoneTip(tip=tip, taken_by=taken_by, entry=entry))
    t.session.flush()


def filed_as(t: Transaction, entry: bytes) -> str | None:
    """The tip that this form was filed as already."""
    return t.session.exec(select(PhoneTip.tip).where(PhoneTip.entry == entry)).first()


def taken_by(t: Transaction, tip: str) -> str | None:
    """Who wrote the tip down; None for one that its reporter filed."""
    row = t.session.get(PhoneTip, tip)
    return None if row is None else row.taken_by
