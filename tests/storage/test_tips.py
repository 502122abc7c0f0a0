"""Facts about filing, finding and listing tips."""

from collections.abc import Callable
from typing import Any

import pytest

from storage import queueing, tips, withdrawals, work
from storage.database import Database
from storage.errors import AlreadyExists, NotFound
from storage.queueing import QueueFilter
from storage.tips import TipState
from tests.storage.conftest import HOUR, NOW, Chance, new_tip

Filed = Callable[..., str]


def listed(database: Database, limit: int = 50, **which: Any) -> tuple[list[str], int]:
    page = database.read_now(lambda t: queueing.queue(t, QueueFilter(**which), limit=limit))
    return [tip.id for tip in page.tips], page.total


def test_what_was_filed_is_read_back(database: Database, filed: Filed) -> None:
    tip = filed(
        dangers=("money-gone", "travel"),
        urgency=70,
        receipt=b"r" * 32,
        conversation=b"c" * 32,
        country=None,
        kind="held",
    )
    found = database.read_now(lambda t: tips.get(t, tip))
    assert (found.id, found.kind, found.dangers, found.urgency) == (tip, "held", ("money-gone", "travel"), 70)
    assert (found.pattern, found.language, found.country, found.versions) == (
        "fake-loan",
        "en",
        None,
        {"catalogue": "1"},
    )
    assert (found.state, found.filed_at, found.conversation) == (TipState.NEW, NOW, b"c" * 32)
    assert (found.has_content, found.has_receipt, found.is_open, found.is_held(NOW)) == (True, True, True, False)
    assert database.read_now(lambda t: tips.content(t, tip)) == b"sealed"


def test_a_tips_name_is_short_and_says_nothing_of_how_many_there_are(filed: Filed) -> None:
    names = [filed() for _ in range(20)]
    assert len(set(names)) == 20
    assert {len(name) for name in names} == {9}
    assert names != sorted(names)


def test_a_name_that_is_taken_is_not_given_again(database: Database) -> None:
    drawn = iter([b"12345", b"12345", b"67890"])
    first, second = (
        database.write_now(lambda t: tips.file(t, new_tip(), random=lambda _: next(drawn))) for _ in range(2)
    )
    assert first != second


def test_filing_asks_for_the_linking_in_the_same_commit(database: Database, filed: Filed) -> None:
    tip = filed()
    (task,) = database.write_now(lambda t: work.take(t, [tips.LINK_WORK], by="a", now=NOW, lease=HOUR))
    assert task.subject == tip


def test_a_receipt_proves_one_tip_alone(database: Database, filed: Filed, chance: Chance) -> None:
    tip = filed(receipt=b"r" * 32)
    filed(receipt=b"s" * 32)
    filed()
    filed()
    found = database.read_now(lambda t: tips.find_by_receipt(t, b"r" * 32))
    assert found is not None
    assert found.id == tip
    assert database.read_now(lambda t: tips.find_by_receipt(t, b"x" * 32)) is None
    with pytest.raises(AlreadyExists):
        filed(receipt=b"r" * 32)


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ({"urgency": -1}, "urgency"),
        ({"sealed": b""}, "sealed box"),
        ({"dangers": ("a,b",)}, "comma"),
        ({"marks": ("a,b",)}, "comma"),
        ({"receipt_hash": b"r" * 32}, "receipt comes whole"),
    ],
)
def test_what_makes_no_sense_is_refused_at_the_edge(fault: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        new_tip(**fault)


def test_the_queue_has_the_most_urgent_first_and_then_the_longest_waiting(database: Database, filed: Filed) -> None:
    calm, late, urgent, early = (
        filed(urgency=1),
        filed(urgency=5, filed_at=NOW + HOUR),
        filed(urgency=9, filed_at=NOW + 2 * HOUR),
        filed(urgency=5, filed_at=NOW - HOUR),
    )
    assert listed(database) == ([urgent, early, late, calm], 4)


@pytest.mark.parametrize(
    "which",
    [{"kind": "held"}, {"danger": "life"}, {"pattern": "flight-change"}, {"language": "zh-Hant"}, {"country": "TW"}],
)
def test_the_queue_can_be_narrowed(database: Database, filed: Filed, which: dict[str, Any]) -> None:
    filed(dangers=("afterlife", "life-insurance"))
    wanted = filed(kind="held", dangers=("minor", "life"), pattern="flight-change", language="zh-Hant", country="TW")
    assert listed(database, **which) == ([wanted], 1)


def test_a_danger_is_not_a_pattern_of_signs(database: Database, filed: Filed) -> None:
    filed(dangers=("life",))
    assert listed(database, danger="%") == ([], 0)


def test_the_queue_shows_what_is_open_unless_asked_otherwise(database: Database, filed: Filed) -> None:
    kept, gone = filed(), filed()
    database.write_now(lambda t: withdrawals.withdraw(t, gone, now=NOW))
    assert listed(database) == ([kept], 1)
    assert listed(database, states={TipState.WITHDRAWN}) == ([gone], 1)
    assert database.read_now(tips.counts) == {"new": 1, "withdrawn": 1}


def test_only_the_first_look_is_stamped(database: Database, filed: Filed) -> None:
    tip = filed()
    database.write_now(lambda t: tips.mark_seen(t, tip, now=NOW + HOUR))
    database.write_now(lambda t: tips.mark_seen(t, tip, now=NOW + 2 * HOUR))
    assert database.read_now(lambda t: tips.get(t, tip)).first_seen_at == NOW + HOUR


def test_a_tip_that_is_not_there_is_not_found(database: Database) -> None:
    with pytest.raises(NotFound) as missing:
        database.read_now(lambda t: tips.get(t, "0000-0000"))
    assert (missing.value.what, missing.value.key) == ("tip", "0000-0000")
