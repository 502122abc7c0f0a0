"""Confirmed tips as examples of a pattern: which there are, and their sealed boxes, which stay where they are."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Self

from sqlmodel import col, select

from storage import tables
from storage.database import Transaction
from storage.desk_key import DeskKey
from storage.keys import Vouches
from storage.sealing import StaffSecretKey, are_equal
from storage.tips import TipState, Verdict


@dataclass(frozen=True, slots=True)
class Confirmation:
    """That staff confirmed a tip as a pattern. `proof`: nobody else, who can write to the database too, says so."""

    pattern: str
    proof: bytes

    @classmethod
    def make(cls, key: Vouches, tip: str, pattern: str) -> Self:
        """By the console's key, or by the desk's."""
        return cls(pattern, key.vouch("confirmed", tip, pattern))


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A tip and the pattern it was confirmed as. `conversation`: whose it is, so that one person counts as one."""

    tip: str
    pattern: str
    conversation: bytes | None


def confirmed(t: Transaction, key: StaffSecretKey) -> tuple[Confirmed, ...]:
    """All that staff did confirm and whose content is there, the last decided first."""
    row = tables.Tip
    fits = (
        col(row.confirmed_pattern).is_not(None),
        col(row.verdict) == Verdict.CONFIRMED,
        col(row.state) == TipState.DECIDED,
        col(row.erased_at).is_(None),
    )
    found = t.session.exec(
        select(row.id, row.confirmed_pattern, row.confirmed_proof, row.conversation)
        .where(*fits)
        .order_by(col(row.decided_at).desc(), col(row.id))
    )
    return tuple(
        Confirmed(tip, pattern, conversation)
        for tip, pattern, proof, conversation in found
        if pattern is not None and _is_proved(key, tip, pattern, proof or b"")
    )


def _is_proved(key: StaffSecretKey, tip: str, pattern: str, proof: bytes) -> bool:
    """Confirmed in the console or at the desk."""
    return any(are_equal(proof, Confirmation.make(one, tip, pattern).proof) for one in (key, DeskKey.of(key)))


def sealed(t: Transaction, tips: Collection[str]) -> Mapping[str, bytes]:
    """The sealed boxes of these, of those that still have one."""
    row = tables.Tip
    found = t.session.exec(select(row.id, row.sealed).where(col(row.id).in_(tips), col(row.sealed).is_not(None)))
    return {tip: box for tip, box in found if box is not None}
