"""Facts about observables that are known to be harmless, and about the neighbours that the others make."""

from collections.abc import Callable

import pytest

from storage import benign, linked, links, reporter_limits, retention
from storage.benign import KnownBenign
from storage.database import Database
from storage.errors import NotFound
from storage.links import ObservableHash
from tests.storage.conftest import DAY, HOUR, NOW

Filed = Callable[..., str]
BANK, SWINDLER, NAME = (
    ObservableHash("phone", b"bank"),
    ObservableHash("phone", b"bad"),
    ObservableHash("handle", b"n"),
)


def link(database: Database, tip: str, *observables: ObservableHash) -> None:
    database.write_now(lambda t: links.replace(t, tip, observables, now=NOW))


def mark(database: Database, observable: ObservableHash = BANK) -> None:
    known = KnownBenign(observable, "lin", NOW, NOW + DAY, b"sealed")
    database.write_now(lambda t: benign.mark(t, known))


def test_what_is_known_to_be_harmless_links_nothing_until_it_ends(database: Database, filed: Filed) -> None:
    mine, other, third = filed(), filed(), filed()
    link(database, mine, BANK, SWINDLER)
    link(database, other, BANK, SWINDLER)
    link(database, third, BANK)
    mark(database)

    def counted(now_in: int) -> tuple[dict[ObservableHash, int], dict[str, int], list[str]]:
        now = NOW + now_in * HOUR
        return database.read_now(
            lambda t: (
                links.others(t, mine, now=now),
                links.sharing(t, [mine, third], now=now),
                sorted(one.tip.id for one in linked.neighbours(t, mine, now=now)),
            )
        )

    assert counted(23) == ({BANK: 0, SWINDLER: 1}, {mine: 1}, [other])
    assert counted(24) == ({BANK: 2, SWINDLER: 1}, {mine: 2, third: 2}, sorted([other, third]))


def test_it_is_on_its_tips_and_on_the_list_until_it_ends_or_is_lifted(database: Database, filed: Filed) -> None:
    tip = filed()
    link(database, tip, BANK)
    mark(database)
    known = KnownBenign(BANK, "lin", NOW, NOW + DAY, b"sealed")
    assert database.read_now(lambda t: benign.of_tip(t, tip, now=NOW)) == {BANK: known}
    assert database.read_now(lambda t: benign.every(t, now=NOW)) == (known,)
    assert database.read_now(lambda t: benign.every(t, now=NOW + DAY)) == ()
    database.write_now(lambda t: benign.lift(t, BANK))
    assert database.read_now(lambda t: benign.of_tip(t, tip, now=NOW)) == {}
    with pytest.raises(NotFound):
        database.write_now(lambda t: benign.lift(t, BANK))


def test_marked_again_it_is_what_was_said_last(database: Database) -> None:
    mark(database)
    again = KnownBenign(BANK, "ana", NOW + HOUR, NOW + 9 * DAY, b"other")
    database.write_now(lambda t: benign.mark(t, again))
    assert database.read_now(lambda t: benign.every(t, now=NOW)) == (again,)


def test_a_hash_of_another_type_is_another_observable(database: Database, filed: Filed) -> None:
    one, two = filed(), filed()
    for tip in (one, two):
        link(database, tip, ObservableHash("account", BANK.hash))
    mark(database)
    assert database.read_now(lambda t: links.sharing(t, [one], now=NOW)) == {one: 1}


def test_the_neighbours_that_share_the_most_come_first(database: Database, filed: Filed) -> None:
    mine, little, much = filed(), filed(), filed()
    link(database, mine, BANK, SWINDLER, NAME)
    link(database, little, BANK)
    link(database, much, SWINDLER, NAME)
    found = database.read_now(lambda t: linked.neighbours(t, mine, now=NOW))
    assert [(one.tip.id, one.shared) for one in found] == [(much, 2), (little, 1)]
    assert len(database.read_now(lambda t: linked.neighbours(t, mine, now=NOW, limit=1))) == 1


def test_tips_of_one_conversation_are_one_source(database: Database, filed: Filed) -> None:
    mine, again = filed(conversation=b"c" * 32), filed(conversation=b"c" * 32)
    for tip in (mine, again):
        link(database, tip, NAME)

    def sources() -> dict[ObservableHash, int]:
        return database.read_now(lambda t: linked.sources(t, mine, frozenset({"handle"})))

    assert sources() == {NAME: 1}
    link(database, filed(conversation=b"d" * 32), NAME)
    assert sources() == {NAME: 2}
    link(database, filed(), NAME)
    link(database, filed(), NAME, BANK)
    assert sources() == {NAME: 4}


def test_what_is_over_is_deleted(database: Database, filed: Filed) -> None:
    tip = filed(conversation=b"c" * 32)
    mark(database)
    limit = database.write_now(lambda t: reporter_limits.propose(t, tip, by="wei", reason=b"r", now=NOW))
    database.write_now(lambda t: reporter_limits.put_in_force(t, limit, by="lin", now=NOW, until=NOW + DAY))
    rules = retention.Retention()

    def kept() -> tuple[int, int]:
        return database.read_now(lambda t: (len(benign.every(t, now=NOW)), len(reporter_limits.every(t, now=NOW))))

    database.write_now(lambda t: retention.sweep(t, now=NOW + DAY - HOUR, retention=rules))
    assert kept() == (1, 1)
    database.write_now(lambda t: retention.sweep(t, now=NOW + DAY, retention=rules))
    assert kept() == (0, 0)
