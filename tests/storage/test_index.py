"""The search index: what is written, found, and gone when a tip's content is erased."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import func, select

from storage import boxes, index, messages, searching, similar, tips
from storage.database import Database, Transaction
from storage.index import Entry
from storage.index_tables import Band, IndexedTip, Term
from storage.place import Place
from storage.sealing import StaffSecretKey, is_wrapped
from storage.searching import FURTHEST, Sought
from storage.tips import NewTip, TipState
from storage.withdrawals import erase_content, withdraw

NOW = datetime(2026, 3, 4, 9, 0, tzinfo=UTC)
KEY = StaffSecretKey(bytes(range(32)))
SKETCH = bytes(range(256))


@pytest.fixture
def database(place: Place) -> Iterator[Database]:
    with Database.open(place) as opened:
        yield opened


def file(database: Database, number: int, *, at: datetime = NOW) -> str:
    new = NewTip(
        kind="check",
        dangers=(),
        urgency=0,
        likeness="unknown",
        pattern=None,
        language="en",
        country=None,
        versions={},
        sealed=KEY.public.seal(b"told"),
        filed_at=at,
        receipt_hash=number.to_bytes(32, "big"),
        receipt_public=bytes(32),
        receipt_parameters=bytes(29),
    )
    return database.write_now(lambda t: tips.file(t, new, random=lambda size: number.to_bytes(size, "big")))


def write(database: Database, tip: str, *terms: int, sketch: bytes = b"") -> None:
    database.write_now(lambda t: index.write(t, tip, Entry(frozenset(terms), sketch)))


def found(database: Database, *conditions: tuple[int, ...], limit: int = 25) -> list[str]:
    result = database.read_now(lambda t: searching.find(t, Sought(conditions), limit=limit))
    return [tip.id for tip in result.tips]


def rows(t: Transaction) -> tuple[int, int, int]:
    one, two, three = (
        t.session.exec(select(func.count()).select_from(model)).one() for model in (IndexedTip, Term, Band)
    )
    return one, two, three


def test_all_conditions_have_to_hold_and_of_each_one_term_is_enough(database: Database) -> None:
    first, second = file(database, 1), file(database, 2, at=NOW + timedelta(hours=1))
    write(database, first, 1, 2, -(2**63))
    write(database, second, 1, 3, 2**63 - 1)
    assert found(database, (1,)) == [second, first]
    assert found(database, (1,), (2,)) == [first]
    assert found(database, (1,), (2, 3)) == [second, first]
    assert found(database, (2,), (3,)) == []
    assert found(database, (-(2**63),)) == [first]
    assert found(database) == [second, first]


def test_writing_again_changes_only_what_is_different(database: Database) -> None:
    tip = file(database, 1)
    write(database, tip, 1, 2, sketch=SKETCH)
    write(database, tip, 1, 2, sketch=SKETCH)
    assert database.read_now(rows) == (1, 2, 16)
    write(database, tip, 2, 3)
    assert database.read_now(rows) == (1, 2, 0)
    assert found(database, (1,)) == []
    assert found(database, (3,)) == [tip]


def test_two_tips_of_one_microsecond_are_two(database: Database) -> None:
    one, other = file(database, 1), file(database, 2)
    write(database, one, 7)
    write(database, other, 7)
    assert set(found(database, (7,))) == {one, other}


@pytest.mark.parametrize("withdrawn", [False, True])
def test_nothing_is_left_of_an_erased_tip_and_it_does_not_come_back(database: Database, withdrawn: bool) -> None:
    tip = file(database, 1)
    write(database, tip, 1, 2, sketch=SKETCH)
    if withdrawn:
        database.write_now(lambda t: withdraw(t, tip, now=NOW))
    database.write_now(lambda t: erase_content(t, tip, now=NOW))
    assert database.read_now(rows) == (0, 0, 0)
    write(database, tip, 1, 2, sketch=SKETCH)
    assert database.read_now(rows) == (0, 0, 0)


def test_days_and_states_narrow_and_pages_go_on_where_the_last_ended(database: Database) -> None:
    day = timedelta(days=1)
    filed = [file(database, number, at=NOW + number * day) for number in range(1, 8)]
    for tip in filed:
        write(database, tip, 9)
    newest = filed[::-1]

    def page(before: int | None, limit: int) -> tuple[list[str], int | None]:
        answer = database.read_now(lambda t: searching.find(t, Sought(((9,),), before=before), limit=limit))
        assert not answer.is_cut
        return [tip.id for tip in answer.tips], answer.before

    first, going_on = page(None, 3)
    second, then = page(going_on, 3)
    third, end = page(then, 3)
    assert (first, second, third, end) == (newest[:3], newest[3:6], newest[6:], None)

    since, until = index.number_at(NOW + 2 * day), index.number_at(NOW + 4 * day)
    within = database.read_now(lambda t: searching.find(t, Sought(((9,),), since, until)))
    assert [tip.id for tip in within.tips] == [filed[2], filed[1]]
    database.write_now(lambda t: withdraw(t, filed[0], now=NOW))
    gone = database.read_now(lambda t: searching.find(t, Sought(((9,),), states={TipState.WITHDRAWN})))
    assert [tip.id for tip in gone.tips] == [filed[0]]


def test_what_is_everywhere_is_looked_for_among_the_newest_and_the_search_says_so(database: Database) -> None:
    oldest = file(database, 1)
    write(database, oldest, 1, 2)
    start = index.number_at(NOW) + 1000

    def crowd(t: Transaction) -> None:
        for number in range(start, start + FURTHEST):
            t.session.add(Term(hash=1, number=number))
            t.session.add(Term(hash=2, number=number + FURTHEST))

    database.write_now(crowd)
    answer = database.read_now(lambda t: searching.find(t, Sought(((1,), (2,)))))
    assert (answer.tips, answer.is_cut) == ((), True)
    further = database.read_now(lambda t: searching.find(t, Sought(((1,), (2,)), before=answer.before)))
    assert ([tip.id for tip in further.tips], further.is_cut) == ([oldest], False)


def test_tips_that_are_alike_know_of_each_other_and_the_count_ends(database: Database) -> None:
    other = SKETCH[:64] + bytes(192)
    near = SKETCH[:200] + bytes(56)
    one, two, three = (file(database, number) for number in (1, 2, 3))
    write(database, one, sketch=SKETCH)
    write(database, two, sketch=near)
    write(database, three, sketch=other)
    (like,) = database.read_now(lambda t: similar.similar_to(t, one))
    assert (like.tip, like.resemblance) == (two, 50 / 64)
    assert database.read_now(lambda t: similar.counts(t, [one, three])) == {one: 1}
    for number in range(4, 20):
        write(database, file(database, number), sketch=SKETCH)
    assert database.read_now(lambda t: similar.counts(t, [one]))[one] == similar.COUNTED + 1
    assert database.read_now(lambda t: similar.counts(t, ["0000-0000"])) == {}


def test_who_is_written_again_is_counted_once_and_who_is_erased_no_longer(database: Database) -> None:
    def counted(*some: str) -> dict[str, int]:
        return database.read_now(lambda t: similar.counts(t, some))

    one, two, three = (file(database, number) for number in (1, 2, 3))
    for tip in (one, two, three, two):
        write(database, tip, 7, sketch=SKETCH)
    assert counted(one, two, three) == {one: 2, two: 2, three: 2}
    write(database, three, 7, sketch=bytes(256))
    assert counted(one, two, three) == {one: 1, two: 1}
    database.write_now(lambda t: erase_content(t, two, now=NOW))
    assert counted(one, two, three) == {}


def test_boxes_are_wrapped_once_and_the_erased_stay_erased(database: Database) -> None:
    tip = file(database, 1)
    said = KEY.public.seal(b"added")
    database.write_now(lambda t: messages.add(t, tip, for_staff=said, now=NOW))
    sealed = database.read_now(lambda t: tips.content(t, tip))
    assert sealed is not None
    wrapped = boxes.wrap_again(KEY, {sealed: KEY.open(sealed), said: KEY.open(said)})
    database.write_now(lambda t: boxes.replace(t, tip, wrapped))

    def kept(t: Transaction) -> tuple[bytes | None, bytes | None]:
        return tips.content(t, tip), messages.of_tip(t, tip)[0].for_staff

    content, addition = database.read_now(kept)
    assert content is not None
    assert addition is not None
    assert is_wrapped(content)
    assert is_wrapped(addition)
    assert (KEY.open(content), KEY.open(addition)) == (b"told", b"added")
    assert boxes.wrap_again(KEY, {content: b"told"}) == {}
    database.write_now(lambda t: erase_content(t, tip, now=NOW))
    database.write_now(lambda t: boxes.replace(t, tip, wrapped))
    assert database.read_now(kept) == (None, None)
