"""What stands beside a tip: how it was merged and taken out, its neighbours, what of it is known to be harmless, who is
limited for it, and whether it was told by phone. Read in one unit, then opened with the staff's key."""

import json
from datetime import datetime

from bot.services.beside_views import ALLEGED, Beside, Pair, SealedBeside, ShownBenign, ShownLimit, ShownMerging
from bot.services.linking import LINKING
from storage import benign, linked, merging, phone_tips, reporter_limits, tips
from storage.benign import KnownBenign
from storage.database import Transaction
from storage.links import ObservableHash
from storage.sealing import StaffSecretKey


def look_beside(t: Transaction, tip: str, *, now: datetime) -> SealedBeside:
    """Raises NotFound."""
    mergings = merging.of_tip(t, tip)
    return SealedBeside(
        mergings=mergings,
        taken_out=merging.out_of(t, tip),
        originals={one: tips.get(t, one) for one in {tip, *(act.into for act in mergings)}},
        neighbours=linked.neighbours(t, tip, now=now),
        benign=tuple(benign.of_tip(t, tip, now=now).values()),
        sources=linked.sources(t, tip, ALLEGED),
        limits=reporter_limits.of_reporter(t, tip, now=now),
        taken_by=phone_tips.taken_by(t, tip),
    )


def open_beside(sealed: SealedBeside, key: StaffSecretKey, observables: frozenset[Pair]) -> Beside:
    """`observables` are the tip's own."""
    hashes = {pair: ObservableHash(pair[0], key.link_hash(*pair)) for pair in observables}
    harmless = {known.observable: show_benign(known, key) for known in sealed.benign}
    return Beside(
        mergings=tuple(_show_merging(act, sealed, key) for act in sealed.mergings),
        taken_out=tuple(_show_merging(act, sealed, key) for act in sealed.taken_out),
        neighbours=sealed.neighbours,
        benign={pair: harmless[hash_] for pair, hash_ in hashes.items() if hash_ in harmless},
        sources={pair: sealed.sources[hash_] for pair, hash_ in hashes.items() if hash_ in sealed.sources},
        limits=tuple(show_limit(limit, key) for limit in sealed.limits),
        taken_by=sealed.taken_by,
        hashes={pair: one.hash.hex() for pair, one in hashes.items() if pair[0] in LINKING},
    )


def show_benign(known: KnownBenign, key: StaffSecretKey) -> ShownBenign:
    """Opened with the staff's key."""
    said = json.loads(key.open(known.sealed))
    type_, hash_ = known.observable.type, known.observable.hash
    return ShownBenign(type_, str(said["value"]), str(said["why"]), known.by, known.at, known.until, hash_)


def show_limit(limit: reporter_limits.Limit, key: StaffSecretKey) -> ShownLimit:
    """Opened with the staff's key."""
    reason = key.open(limit.reason).decode()
    return ShownLimit(limit.id, limit.tip, limit.proposed_by, limit.proposed_at, reason, limit.limited_by, limit.until)


def _show_merging(act: merging.Merging, sealed: SealedBeside, key: StaffSecretKey) -> ShownMerging:
    return ShownMerging(
        tip=act.tip,
        original=sealed.originals[act.into],
        by=act.by,
        at=act.at,
        reason=_text(act.reason, key),
        undone_by=act.undone_by,
        undone_at=act.undone_at,
        undone_reason=_text(act.undone_reason, key),
    )


def _text(sealed: bytes | None, key: StaffSecretKey) -> str | None:
    return None if sealed is None else key.open(sealed).decode()
