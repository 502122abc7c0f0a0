"""Sealed boxes wrapped again under the staff's data key, once and where they lie."""

from collections.abc import Mapping

from sqlmodel import col, select, update

from storage import tables
from storage.database import Transaction
from storage.sealing import StaffSecretKey, is_wrapped

Wrapped = Mapping[bytes, bytes]
"""A sealed box -> what takes its place."""


def wrap_again(key: StaffSecretKey, opened: Mapping[bytes, bytes]) -> Wrapped:
    """What takes the place of each box; `opened`: box -> what is in it. None for what is wrapped already."""
    return {box: key.wrap(payload) for box, payload in opened.items() if not is_wrapped(box)}


def replace(t: Transaction, tip: str, wrapped: Wrapped) -> None:
    """Put them in the tip and its messages; a box that was erased meanwhile is not brought back."""
    if not wrapped:
        return
    row = tables.Tip
    sealed = t.session.exec(select(row.sealed).where(row.id == tip)).first()
    if sealed is not None and sealed in wrapped:
        t.session.exec(update(row).where(col(row.id) == tip).values(sealed=wrapped[sealed]))
    said = tables.Message
    for number, box in t.session.exec(select(said.id, said.for_staff).where(said.tip == tip)).all():
        if box is not None and box in wrapped:
            t.session.exec(update(said).where(col(said.id) == number).values(for_staff=wrapped[box]))
