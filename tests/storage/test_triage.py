"""Facts about claiming, releasing, deciding and merging tips."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from storage import claims, tips, verdicts, withdrawals
from storage.database import Database
from storage.errors import AlreadyClaimed, Circular, NotFound, NotHeld, WrongState
from storage.tips import Tip, TipState, Verdict
from tests.storage.conftest import HOUR, NOW

Filed = Callable[..., str]
WITHIN, AFTER = NOW + claims.LEASE - timedelta(seconds=1), NOW + claims.LEASE


def claim(database: Database, tip: str, by: str, now: datetime = NOW) -> Tip:
    return database.write_now(lambda t: claims.claim(t, tip, by=by, now=now))


def release(database: Database, tip: str, by: str, *, force: bool = False) -> Tip:
    return database.write_now(lambda t: claims.release(t, tip, by=by, force=force))


def decide(database: Database, tip: str, by: str, verdict: Verdict = Verdict.CONFIRMED) -> Tip:
    return database.write_now(
        lambda t: verdicts.decide(t, tip, by=by, verdict=verdict, reason=b"sealed reason", now=NOW + HOUR)
    )


def merge(database: Database, tip: str, into: str, by: str = "wei") -> Tip:
    return database.write_now(lambda t: verdicts.merge(t, tip, into=into, by=by, reason=b"same link", now=NOW + HOUR))


def get(database: Database, tip: str) -> Tip:
    return database.read_now(lambda t: tips.get(t, tip))


def test_a_claim_is_stamped_and_counts_as_a_look(database: Database, filed: Filed) -> None:
    tip = claim(database, filed(), "wei")
    assert (tip.state, tip.claimed_by, tip.claimed_at, tip.claim_until, tip.first_seen_at) == (
        TipState.CLAIMED,
        "wei",
        NOW,
        AFTER,
        NOW,
    )
    assert tip.is_held(WITHIN)
    assert not tip.is_held(AFTER)


def test_a_second_reviewer_cannot_claim_a_held_tip(database: Database, filed: Filed) -> None:
    tip = filed()
    claim(database, tip, "wei")
    with pytest.raises(AlreadyClaimed) as refused:
        claim(database, tip, "ana", WITHIN)
    assert (refused.value.by, refused.value.until) == ("wei", AFTER)
    assert get(database, tip).claimed_by == "wei"


def test_a_claim_beyond_its_lease_can_be_taken_over(database: Database, filed: Filed) -> None:
    tip = filed()
    claim(database, tip, "wei")
    taken = claim(database, tip, "ana", AFTER)
    assert (taken.claimed_by, taken.claimed_at) == ("ana", AFTER)


def test_its_holder_holds_it_longer_by_claiming_again(database: Database, filed: Filed) -> None:
    tip = filed()
    claim(database, tip, "wei")
    again = claim(database, tip, "wei", WITHIN)
    assert (again.claimed_at, again.claim_until) == (NOW, WITHIN + claims.LEASE)


def test_a_released_tip_is_new_and_free(database: Database, filed: Filed) -> None:
    tip = filed()
    claim(database, tip, "wei")
    assert (release(database, tip, "wei").state, get(database, tip).claimed_by) == (TipState.NEW, None)
    assert claim(database, tip, "ana").claimed_by == "ana"


def test_nobody_releases_anothers_tip_but_by_force(database: Database, filed: Filed) -> None:
    tip = filed()
    with pytest.raises(NotHeld):
        release(database, tip, "wei")
    claim(database, tip, "wei")
    with pytest.raises(NotHeld) as refused:
        release(database, tip, "ana")
    assert refused.value.holder == "wei"
    assert release(database, tip, "ana", force=True).claimed_by is None


def test_claims_beyond_their_lease_are_swept(database: Database, filed: Filed) -> None:
    late, fresh = filed(), filed()
    claim(database, late, "wei")
    claim(database, fresh, "wei", NOW + HOUR)
    assert database.write_now(lambda t: claims.release_expired(t, now=AFTER)) == (late,)
    assert database.write_now(lambda t: claims.release_expired(t, now=AFTER)) == ()
    assert (get(database, late).state, get(database, fresh).state) == (TipState.NEW, TipState.CLAIMED)


def test_its_holder_decides_and_everything_is_stamped(database: Database, filed: Filed) -> None:
    tip = filed()
    claim(database, tip, "wei")
    decided = decide(database, tip, "wei", Verdict.PASSED_ON)
    assert (decided.state, decided.verdict, decided.decided_by, decided.decided_at) == (
        TipState.DECIDED,
        Verdict.PASSED_ON,
        "wei",
        NOW + HOUR,
    )
    assert decided.claimed_at == NOW
    assert database.read_now(lambda t: verdicts.reason(t, tip)) == b"sealed reason"


def test_nobody_decides_what_they_do_not_hold(database: Database, filed: Filed) -> None:
    tip = filed()
    with pytest.raises(NotHeld):
        decide(database, tip, "wei")
    claim(database, tip, "wei")
    with pytest.raises(NotHeld):
        decide(database, tip, "ana")
    assert get(database, tip).state is TipState.CLAIMED


def test_a_decided_tip_is_not_decided_claimed_or_released_again(database: Database, filed: Filed) -> None:
    tip = filed()
    claim(database, tip, "wei")
    decide(database, tip, "wei")
    for act in (decide, claim, release):
        with pytest.raises(WrongState) as refused:
            act(database, tip, "wei")
        assert refused.value.state == "decided"


def test_a_duplicate_points_at_the_tip_it_repeats(database: Database, filed: Filed) -> None:
    first, second = filed(), filed()
    claim(database, second, "wei")
    merged = merge(database, second, into=first)
    assert (merged.state, merged.verdict, merged.merged_into, merged.merged_at) == (
        TipState.MERGED,
        Verdict.DUPLICATE,
        first,
        NOW + HOUR,
    )
    assert database.read_now(lambda t: verdicts.duplicates_of(t, first)) == (second,)
    assert database.read_now(lambda t: verdicts.root_of(t, second)).id == first


def test_merging_into_a_duplicate_means_its_root(database: Database, filed: Filed) -> None:
    root, second, third = filed(), filed(), filed()
    claim(database, second, "wei")
    claim(database, third, "wei")
    merge(database, second, into=root)
    assert merge(database, third, into=second).merged_into == root


def test_duplicates_follow_their_root_when_it_is_merged_itself(database: Database, filed: Filed) -> None:
    root, second, third = filed(), filed(), filed()
    claim(database, second, "wei")
    claim(database, third, "wei")
    merge(database, third, into=second)
    merge(database, second, into=root)
    assert get(database, third).merged_into == root
    assert set(database.read_now(lambda t: verdicts.duplicates_of(t, root))) == {second, third}


def test_no_tip_is_its_own_duplicate_not_even_round_a_corner(database: Database, filed: Filed) -> None:
    first, second = filed(), filed()
    claim(database, first, "wei")
    claim(database, second, "wei")
    with pytest.raises(Circular):
        merge(database, first, into=first)
    merge(database, second, into=first)
    with pytest.raises(Circular):
        merge(database, first, into=second)


def test_a_decided_tip_takes_duplicates_but_becomes_none(database: Database, filed: Filed) -> None:
    decided, other = filed(), filed()
    claim(database, decided, "wei")
    claim(database, other, "wei")
    decide(database, decided, "wei")
    with pytest.raises(WrongState):
        merge(database, decided, into=other)
    assert merge(database, other, into=decided).merged_into == decided


def test_nothing_is_merged_into_a_withdrawn_tip_or_one_that_is_not_there(database: Database, filed: Filed) -> None:
    tip, gone = filed(), filed()
    claim(database, tip, "wei")
    database.write_now(lambda t: withdrawals.withdraw(t, gone, now=NOW))
    with pytest.raises(WrongState):
        merge(database, tip, into=gone)
    with pytest.raises(NotFound):
        merge(database, tip, into="0000-0000")
    assert get(database, tip).state is TipState.CLAIMED


def test_nobody_merges_what_they_do_not_hold(database: Database, filed: Filed) -> None:
    first, second = filed(), filed()
    with pytest.raises(NotHeld):
        merge(database, second, into=first)
