"""Facts about what the desk keeps: bindings that only its key makes, groups, drafts, cards, and numbers of a day."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from storage import (
    claims,
    daybook,
    desk_bindings,
    desk_cards,
    desk_drafts,
    desk_notes,
    desk_places,
    examples,
    keyring,
    outbox,
    tips,
    verdicts,
    withdrawals,
)
from storage.database import Database, Transaction
from storage.desk_bindings import CODE_LASTS
from storage.desk_drafts import DRAFT_LASTS
from storage.desk_key import DeskKey
from storage.errors import Expired, KeyMissing, KeyUnusable, Undecipherable
from storage.examples import Confirmation
from storage.place import Place
from storage.sealing import CHEAPEST, StaffSecretKey
from storage.tips import Tip, Verdict
from tests.databases import everything_in
from tests.storage.conftest import DAY, HOUR, NOW, Chance

Filed = Callable[..., str]
CHAT = b"c" * 32


@pytest.fixture
def desk(staff: StaffSecretKey) -> DeskKey:
    return DeskKey.of(staff)


def code_for(database: Database, desk: DeskKey, chance: Chance, account: str = "wei") -> str:
    return database.write_now(lambda t: desk_bindings.make_code(t, desk, account, random=chance, now=NOW))


def bind(database: Database, desk: DeskKey, code: str, person: int = 4711, *, after: timedelta = HOUR * 0) -> None:
    now = NOW + after
    database.write_now(lambda t: desk_bindings.use_code(t, desk, code, person=person, language="en", now=now))


def tip_of(database: Database, reference: str) -> Tip:
    return database.read_now(lambda t: tips.get(t, reference))


def test_the_desks_key_is_the_same_each_time_and_opens_nothing_of_the_staffs(
    staff: StaffSecretKey, desk: DeskKey
) -> None:
    assert DeskKey.of(staff).fingerprint == desk.fingerprint
    assert desk.raw != staff.raw
    with pytest.raises(Undecipherable):
        StaffSecretKey(desk.raw).open(staff.public.seal(b"told"))
    with pytest.raises(Undecipherable):
        desk.decrypt("totp:wei", staff.encrypt("totp:wei", b"secret"))


def test_the_desk_is_given_its_key_in_a_file_of_its_own(tmp_path: Path) -> None:
    keyring.make_missing(tmp_path / "keys", random=Chance(), cost=CHEAPEST)
    key = keyring.load_staff_secret(tmp_path / "keys", None)
    with pytest.raises(KeyMissing, match="fanzha keys desk"):
        keyring.load_desk(tmp_path / "desk")
    assert [path.name for path in keyring.give_desk(tmp_path / "desk", key)] == ["desk.key"]
    assert keyring.give_desk(tmp_path / "desk", key) == ()
    assert keyring.load_desk(tmp_path / "desk") == DeskKey.of(key)
    assert (tmp_path / "desk" / "desk.key").stat().st_mode & 0o777 == 0o600
    with pytest.raises(KeyUnusable, match="not of this staff's secret key"):
        keyring.give_desk(tmp_path / "desk", StaffSecretKey(bytes(32)))


def test_a_code_binds_once_within_its_time(database: Database, desk: DeskKey, chance: Chance, reviewer: str) -> None:
    first = code_for(database, desk, chance)
    code = code_for(database, desk, chance)
    for over, after in ((first, HOUR * 0), (code, CODE_LASTS)):
        with pytest.raises(Expired):
            bind(database, desk, over, after=after)
    bind(database, desk, code)
    with pytest.raises(Expired):
        bind(database, desk, code)
    found = database.read_now(lambda t: desk_bindings.find(t, desk, 4711))
    assert found is not None
    assert (found.account, found.person) == (reviewer, 4711)


def test_a_person_and_an_account_are_bound_to_one_another_alone(
    database: Database, desk: DeskKey, chance: Chance, reviewer: str
) -> None:
    bind(database, desk, code_for(database, desk, chance), 1)
    bind(database, desk, code_for(database, desk, chance), 2)
    assert database.read_now(lambda t: desk_bindings.find(t, desk, 1)) is None
    assert [one.person for one in database.read_now(lambda t: desk_bindings.every(t, desk))] == [2]


def test_neither_code_nor_number_nor_group_is_readable_in_the_database(
    database: Database, desk: DeskKey, chance: Chance, reviewer: str, place: Place
) -> None:
    waiting = code_for(database, desk, chance)
    bind(database, desk, waiting, 1234509876)
    database.write_now(
        lambda t: desk_places.bind(t, desk, -1009876501234, has_topics=True, language="en", by=reviewer, now=NOW)
    )
    database.write_now(lambda t: desk_drafts.keep(t, desk, 1234509876, {"reason": "a cobalt envelope"}, now=NOW))
    database.close()
    written = everything_in(place)
    for secret in (waiting, "1234509876", "1009876501234", "cobalt"):
        assert secret.encode() not in written


def test_what_another_key_wrote_is_no_binding_and_no_group(
    database: Database, desk: DeskKey, chance: Chance, reviewer: str
) -> None:
    other = DeskKey(bytes(32))
    bind(database, other, code_for(database, other, chance))
    database.write_now(lambda t: desk_places.bind(t, other, -5, has_topics=False, language="en", by=reviewer, now=NOW))
    assert database.read_now(lambda t: desk_bindings.every(t, desk)) == ()
    assert database.read_now(lambda t: desk_places.every(t, desk)) == ()


def test_unbound_nothing_is_left_of_it(database: Database, desk: DeskKey, chance: Chance, reviewer: str) -> None:
    bind(database, desk, code_for(database, desk, chance))
    chat = desk.pseudonym("chat", "4711")

    def unit(t: Transaction) -> None:
        desk_drafts.keep(t, desk, 4711, {"tip": "x"}, now=NOW)
        outbox.put(t, desk, conversation=chat, channel="desk", address="4711", body=b"{}", now=NOW)

    database.write_now(unit)
    pending = code_for(database, desk, chance)
    assert database.write_now(lambda t: desk_bindings.unbind(t, "WEI", now=NOW))
    assert not database.write_now(lambda t: desk_bindings.unbind(t, "wei", now=NOW))
    assert database.read_now(lambda t: outbox.backlog(t, chat)) == 0
    assert database.read_now(lambda t: desk_drafts.find(t, desk, 4711, now=NOW)) is None
    with pytest.raises(Expired):
        bind(database, desk, pending)


def test_a_group_keeps_its_topics_and_takes_none_along_when_it_moves(
    database: Database, desk: DeskKey, reviewer: str
) -> None:
    def place_of(chat: int) -> desk_places.Place | None:
        return database.read_now(lambda t: desk_places.find(t, desk, chat))

    for _ in range(2):
        database.write_now(
            lambda t: desk_places.bind(t, desk, -5, has_topics=True, language="en", by=reviewer, now=NOW)
        )
        database.write_now(lambda t: desk_places.set_topic(t, desk, -5, "money", 17))
    assert place_of(-5) == desk_places.Place(-5, True, {"money": 17}, "en", None)
    assert database.write_now(lambda t: desk_places.move(t, desk, -5, -6))
    assert not database.write_now(lambda t: desk_places.move(t, desk, -5, -6))
    assert place_of(-5) is None
    assert place_of(-6) == desk_places.Place(-6, True, {}, "en", None)


def test_a_draft_is_over_after_a_quarter_of_an_hour(database: Database, desk: DeskKey) -> None:
    database.write_now(lambda t: desk_drafts.keep(t, desk, 1, {"tip": "a"}, now=NOW))
    database.write_now(lambda t: desk_drafts.keep(t, desk, 1, {"tip": "b"}, now=NOW))
    assert database.read_now(lambda t: desk_drafts.find(t, desk, 1, now=NOW)) == {"tip": "b"}
    assert database.read_now(lambda t: desk_drafts.find(t, desk, 1, now=NOW + DRAFT_LASTS)) is None
    assert database.write_now(lambda t: desk_drafts.forget(t, now=NOW + DRAFT_LASTS)) == 1


def test_a_thing_is_said_once_in_a_chat(database: Database) -> None:
    def say(chat: bytes, subject: str) -> bool:
        return database.write_now(lambda t: desk_notes.is_new(t, chat, "digest", subject, now=NOW))

    assert [say(CHAT, "1"), say(CHAT, "1"), say(CHAT, "2"), say(b"d" * 32, "1")] == [True, False, True, True]
    assert database.read_now(lambda t: desk_notes.was_said(t, CHAT, "digest", "1"))
    assert not database.read_now(lambda t: desk_notes.was_said(t, CHAT, "hour", "1"))
    assert database.write_now(lambda t: desk_notes.forget(t, before=NOW + HOUR)) == 3


def test_urgent_tips_without_a_card_are_found_the_most_urgent_first(database: Database, filed: Filed) -> None:
    low, high, _mild = filed(urgency=700), filed(urgency=900), filed(urgency=10)
    _old = filed(urgency=900, filed_at=NOW - 3 * DAY)

    def found() -> list[str]:
        return [
            tip.id
            for tip in database.read_now(
                lambda t: desk_cards.unannounced(t, urgency=650, since=NOW - 2 * DAY, limit=10)
            )
        ]

    assert found() == [high, low]
    database.write_now(lambda t: desk_cards.deal(t, CHAT, tips.get(t, high), now=NOW))
    assert found() == [low]


def test_a_card_is_out_of_date_once_its_tip_stands_otherwise(database: Database, filed: Filed) -> None:
    tip = filed(urgency=900)
    card = database.write_now(lambda t: desk_cards.deal(t, CHAT, tips.get(t, tip), now=NOW))
    assert card is not None
    assert database.write_now(lambda t: desk_cards.deal(t, CHAT, tips.get(t, tip), now=NOW)) is None
    database.write_now(lambda t: claims.claim(t, tip, by="wei", now=NOW))
    # Not while it is still on its way: then it is shown as it stands anyway.
    assert database.read_now(desk_cards.outdated) == ()
    database.write_now(lambda t: desk_cards.place(t, card, 12))
    assert [(one.tip, one.message) for one in database.read_now(desk_cards.outdated)] == [(tip, 12)]
    database.write_now(lambda t: desk_cards.show(t, card, tips.get(t, tip)))
    assert database.read_now(desk_cards.outdated) == ()
    database.write_now(lambda t: withdrawals.withdraw(t, tip, now=NOW))
    assert [one.tip for one in database.read_now(desk_cards.outdated)] == [tip]
    database.write_now(lambda t: desk_cards.discard(t, card))
    assert database.read_now(lambda t: desk_cards.find(t, card)) is None


def test_a_day_in_numbers(database: Database, filed: Filed) -> None:
    filed(urgency=900, filed_at=NOW - 2 * DAY)
    mine, done = filed(urgency=700), filed()
    database.write_now(lambda t: claims.claim(t, mine, by="wei", now=NOW))
    database.write_now(lambda t: claims.claim(t, done, by="wei", now=NOW))
    database.write_now(lambda t: verdicts.decide(t, done, by="wei", verdict=Verdict.UNFOUNDED, reason=b"why", now=NOW))
    day = database.read_now(lambda t: daybook.day(t, urgency=650, since=NOW - DAY, unseen_before=NOW - DAY))
    assert day == daybook.Day(open=2, urgent=1, unseen=1, replied=0, filed=2, decided=1, held={"wei": 1})


def test_deadlines_find_what_they_are_of(database: Database, filed: Filed) -> None:
    soon = filed(filed_at=NOW - DAY + HOUR, urgency=5)
    sooner = filed(filed_at=NOW - DAY + HOUR, urgency=9, dangers=("money-gone",))
    filed(filed_at=NOW - HOUR)
    after, until = NOW - DAY, NOW - DAY + 2 * HOUR
    unseen = database.read_now(lambda t: daybook.unseen(t, after=after, until=until, limit=1))
    assert (unseen.total, [tip.id for tip in unseen.tips]) == (2, [sooner])
    money = database.read_now(lambda t: daybook.undecided(t, "money-gone", after=after, until=until, limit=1))
    assert (money.total, [tip.id for tip in money.tips]) == (1, [sooner])
    database.write_now(lambda t: claims.claim(t, soon, by="wei", now=NOW))

    def ending(until: timedelta) -> list[str]:
        found = database.read_now(lambda t: daybook.holds_ending(t, after=NOW, until=NOW + until, limit=5))
        return [tip.id for tip in found]

    assert (ending(2 * HOUR), ending(HOUR)) == ([soon], [])


def test_what_the_desk_confirmed_is_an_example_and_what_a_stranger_wrote_is_none(
    database: Database, staff: StaffSecretKey, desk: DeskKey, filed: Filed
) -> None:
    def confirm(key: DeskKey) -> str:
        tip = filed(pattern="fake-loan")

        def unit(t: Transaction) -> None:
            claims.claim(t, tip, by="wei", now=NOW)
            made = Confirmation.make(key, tip, "fake-loan")
            verdicts.decide(t, tip, by="wei", verdict=Verdict.CONFIRMED, reason=b"why", now=NOW, confirmed=made)

        database.write_now(unit)
        return tip

    ours, _theirs = confirm(desk), confirm(DeskKey(bytes(32)))
    assert [one.tip for one in database.read_now(lambda t: examples.confirmed(t, staff))] == [ours]
    often = database.read_now(lambda t: daybook.confirmed_as(t, pattern="fake-loan", kind="cheated", limit=3))
    assert often == ("fake-loan",)
    assert tip_of(database, ours).confirmed_pattern == "fake-loan"
