"""Neighbours by what tips share: exact where it is rare, and bounded where everybody has it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from storage import linked, links, tips
from storage.database import Database, Transaction
from storage.linked import LOOKED_AT
from storage.links import COUNTED, LISTED, ObservableHash
from storage.place import Place
from storage.tips import NewTip

NOW = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
COMMON, RARE, NAME = (ObservableHash(type_, type_.encode() * 4) for type_ in ("phone", "account", "handle"))
CROWD = LOOKED_AT + 30


@pytest.fixture
def database(place: Place) -> Iterator[Database]:
    with Database.open(place) as opened:
        yield opened


def file(t: Transaction, number: int, *observables: ObservableHash, conversation: bytes | None = None) -> str:
    new = NewTip(
        kind="check",
        dangers=(),
        urgency=0,
        likeness="unknown",
        pattern=None,
        language="en",
        country=None,
        versions={},
        sealed=b"sealed",
        filed_at=NOW + timedelta(minutes=number),
        receipt_hash=None,
        receipt_public=None,
        receipt_parameters=None,
        conversation=conversation,
    )
    tip = tips.file(t, new, random=lambda size: (number + 1).to_bytes(size, "big"))
    links.replace(t, tip, observables, now=NOW)
    return tip


def test_who_shares_what_is_rare_comes_first_however_many_share_what_everybody_has(database: Database) -> None:
    def crowd(t: Transaction) -> tuple[str, list[str]]:
        mine = file(t, 0, COMMON, RARE)
        both = [file(t, number, COMMON, RARE) for number in (1, 2)]
        for number in range(3, CROWD):
            file(t, number, COMMON)
        return mine, both

    mine, both = database.write_now(crowd)
    found = database.read_now(lambda t: linked.neighbours(t, mine, now=NOW))
    assert len(found) == linked.MOST
    assert {one.tip.id for one in found[:2]} == set(both)
    assert all(one.shared == 1 for one in found[2:])
    assert [one.tip.filed_at for one in found[2:]] == sorted((one.tip.filed_at for one in found[2:]), reverse=True)
    counted = database.read_now(lambda t: links.others(t, mine, now=NOW))
    assert counted == {COMMON: COUNTED + 1, RARE: 2}
    assert database.read_now(lambda t: links.sharing(t, [mine], now=NOW)) == {mine: LISTED + 1}


def test_of_few_the_latest_filed_comes_first(database: Database) -> None:
    def some(t: Transaction) -> list[str]:
        return [file(t, number, RARE) for number in range(4)]

    mine, *others = database.write_now(some)
    found = database.read_now(lambda t: linked.neighbours(t, mine, now=NOW))
    assert [(one.tip.id, one.shared) for one in found] == [(tip, 1) for tip in reversed(others)]
    assert database.read_now(lambda t: links.sharing(t, [mine, others[0]], now=NOW)) == {mine: 3, others[0]: 3}


def test_one_person_is_one_source_and_who_is_not_known_is_one_each(database: Database) -> None:
    def told(t: Transaction) -> str:
        mine = file(t, 0, NAME, RARE, conversation=b"a" * 32)
        file(t, 1, NAME, conversation=b"a" * 32)
        file(t, 2, NAME, conversation=b"b" * 32)
        file(t, 3, NAME)
        file(t, 4, NAME)
        return mine

    mine = database.write_now(told)
    assert database.read_now(lambda t: linked.sources(t, mine, frozenset({"handle"}))) == {NAME: 4}
