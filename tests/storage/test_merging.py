"""Facts about taking a merging back."""

from collections.abc import Callable

import pytest

from storage import claims, merging, messages, tips, verdicts, withdrawals
from storage.database import Database
from storage.errors import WrongState
from storage.tips import Tip, TipState, Verdict
from tests.storage.conftest import HOUR, NOW

Filed = Callable[..., str]


def merge(database: Database, tip: str, into: str, by: str = "wei") -> None:
    database.write_now(lambda t: claims.claim(t, tip, by=by, now=NOW))
    database.write_now(lambda t: verdicts.merge(t, tip, into=into, by=by, reason=b"same link", now=NOW + HOUR))


def unmerge(database: Database, tip: str, by: str = "ana") -> Tip:
    return database.write_now(lambda t: merging.undo(t, tip, by=by, reason=b"another link", now=NOW + 2 * HOUR))


def roots(database: Database, *asked: str) -> list[str | None]:
    return [database.read_now(lambda t, tip=tip: tips.get(t, tip)).merged_into for tip in asked]  # type: ignore[misc] # run at once


def test_a_tip_taken_out_is_new_and_nobodys_and_both_acts_are_kept(database: Database, filed: Filed) -> None:
    root, tip = filed(), filed()
    merge(database, tip, root)
    back = unmerge(database, tip)
    assert (back.state, back.claimed_by, back.claim_until, back.merged_into) == (TipState.NEW, None, None, None)
    assert (back.verdict, back.decided_by, back.decided_at, back.merged_at) == (None, None, None, None)
    assert database.read_now(lambda t: verdicts.reason(t, tip)) is None
    assert database.read_now(lambda t: verdicts.duplicates_of(t, root)) == ()
    (act,) = database.read_now(lambda t: merging.of_tip(t, tip))
    assert (act.into, act.by, act.at, act.reason) == (root, "wei", NOW + HOUR, b"same link")
    assert (act.undone_by, act.undone_at, act.undone_reason) == ("ana", NOW + 2 * HOUR, b"another link")
    assert database.read_now(lambda t: merging.out_of(t, root)) == (act,)


def test_one_that_waited_for_its_reporter_waits_again_unless_they_wrote_since(database: Database, filed: Filed) -> None:
    def merged_while_waiting(receipt: bytes) -> str:
        tip = filed(receipt=receipt)
        database.write_now(lambda t: claims.claim(t, tip, by="wei", now=NOW))
        database.write_now(lambda t: messages.ask(t, tip, by="wei", for_reporter=b"q", for_staff=b"q", now=NOW))
        merge(database, tip, root)
        return tip

    root = filed()
    silent, answered = merged_while_waiting(b"r" * 32), merged_while_waiting(b"s" * 32)
    database.write_now(lambda t: messages.add(t, answered, for_staff=b"a", now=NOW + HOUR))
    assert unmerge(database, silent).state is TipState.WAITING
    assert unmerge(database, answered).state is TipState.NEW


def test_what_came_along_goes_back_with_it_and_what_did_not_stays(database: Database, filed: Filed) -> None:
    root, tip, first, second, own = filed(), filed(), filed(), filed(), filed()
    merge(database, first, tip)
    merge(database, second, first)  # its root, which is `tip`
    merge(database, own, root)
    merge(database, tip, root)
    assert roots(database, first, second, own, tip) == [root] * 4
    unmerge(database, tip)
    assert roots(database, tip, first, second, own) == [None, tip, tip, root]


def test_through_two_roots_each_goes_back_to_where_it_was(database: Database, filed: Filed) -> None:
    top, middle, low, lowest = filed(), filed(), filed(), filed()
    merge(database, lowest, low)
    merge(database, low, middle)
    merge(database, middle, top)
    unmerge(database, low)
    assert roots(database, middle, low, lowest) == [top, None, low]
    unmerge(database, middle)
    assert roots(database, middle, low, lowest) == [None, None, low]


def test_what_was_taken_out_and_merged_elsewhere_does_not_follow_its_first_root(
    database: Database, filed: Filed
) -> None:
    root, tip, moved = filed(), filed(), filed()
    merge(database, moved, tip)
    merge(database, tip, root)
    unmerge(database, moved)
    merge(database, moved, root)
    unmerge(database, tip)
    assert roots(database, tip, moved) == [None, root]


def test_a_tip_comes_back_open_although_the_other_was_decided(database: Database, filed: Filed) -> None:
    root, tip = filed(), filed()
    merge(database, tip, root)
    database.write_now(lambda t: claims.claim(t, root, by="wei", now=NOW))
    database.write_now(lambda t: verdicts.decide(t, root, by="wei", verdict=Verdict.UNFOUNDED, reason=b"r", now=NOW))
    assert unmerge(database, tip).is_open
    assert database.read_now(lambda t: tips.get(t, root)).verdict is Verdict.UNFOUNDED


def test_what_is_not_merged_or_was_erased_is_not_taken_out(database: Database, filed: Filed) -> None:
    root, tip = filed(), filed()
    with pytest.raises(WrongState):
        unmerge(database, tip)
    merge(database, tip, root)
    database.write_now(lambda t: withdrawals.erase_content(t, tip, now=NOW))
    with pytest.raises(WrongState):
        unmerge(database, tip)


def test_with_the_content_goes_why_it_was_merged_and_why_not(database: Database, filed: Filed) -> None:
    root, tip = filed(), filed()
    merge(database, tip, root)
    unmerge(database, tip)
    database.write_now(lambda t: withdrawals.erase_content(t, tip, now=NOW))
    (act,) = database.read_now(lambda t: merging.of_tip(t, tip))
    assert (act.reason, act.undone_reason) == (None, None)


def test_when_a_root_is_taken_back_its_heir_can_lose_what_it_inherited(database: Database, filed: Filed) -> None:
    root, heir, other = filed(), filed(filed_at=NOW + HOUR), filed(filed_at=NOW + 2 * HOUR)
    merge(database, heir, root)
    merge(database, other, root)
    database.write_now(lambda t: withdrawals.withdraw(t, root, now=NOW + 3 * HOUR))
    assert roots(database, heir, other) == [None, heir]
    assert unmerge(database, other).is_open
    assert roots(database, heir, other) == [None, None]
