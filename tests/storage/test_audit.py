"""Facts about the audit log."""

import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from storage import audit, tables
from storage.audit import Entry, Head
from storage.database import Database, Transaction
from storage.errors import AuditBroken, Conflict
from storage.place import Place
from tests.storage.conftest import NOW, Chance

SECRET = {"reason": "the caller was her neighbour"}


@pytest.fixture
def written(database: Database, chance: Chance) -> Database:
    """Five entries, chained."""
    for number in range(1, 6):
        record(database, chance, f"tip {number}")
    database.write_now(audit.chain)
    return database


def record(database: Database, chance: Chance, subject: str) -> None:
    database.write_now(lambda t: audit.record(t, Entry(NOW, "wei", "claim", subject, SECRET), random=chance))


def verify(database: Database, known: Head | None = None) -> Head:
    return database.read_now(lambda t: audit.verify(t, known=known))


def tamper(place: Place, *statements: str) -> None:
    """As whoever holds the file or the tables can, triggers or not."""
    if isinstance(place, Path):
        with closing(sqlite3.connect(place)) as connection, connection:
            connection.execute("DROP TRIGGER audit_is_append_only")
            connection.execute("DROP TRIGGER audit_is_kept")
            for statement in statements:
                connection.execute(statement)
    else:
        with psycopg.connect(place.url) as other:
            other.execute("ALTER TABLE audit DISABLE TRIGGER USER")
            for statement in statements:
                other.execute(in_postgresql(statement).encode())


def in_postgresql(statement: str) -> str:
    return statement.replace("x'00'", r"'\x00'")


def test_a_sound_chain_has_a_head_that_moves_with_every_entry(written: Database, chance: Chance) -> None:
    head = verify(written)
    assert head.count == 5
    assert written.read_now(audit.head_of) == head
    record(written, chance, "tip 6")
    assert written.read_now(audit.unchained_count) == 1
    assert verify(written) == head
    assert written.write_now(audit.chain) == 1
    assert written.write_now(audit.chain) == 0
    after = verify(written, known=head)
    assert after.count == 6
    assert after.hash != head.hash


def test_entries_are_chained_in_the_order_they_were_committed(database: Database, chance: Chance) -> None:
    for number in range(7):
        record(database, chance, f"tip {number}")
    assert [database.write_now(lambda t: audit.chain(t, limit=3)) for _ in range(4)] == [3, 3, 1, 0]
    rows = database.read_now(
        lambda t: list(t.session.exec(select(tables.Audit.position, tables.Audit.subject).order_by("position")))
    )
    assert rows == [(number + 1, f"tip {number}") for number in range(7)]


def test_an_act_that_is_undone_leaves_no_entry(database: Database, chance: Chance) -> None:
    def act(t: Transaction) -> None:
        audit.record(t, Entry(NOW, "wei", "claim", "tip"), random=chance)
        raise Conflict("tip", 1, 2)

    with pytest.raises(Conflict):
        database.write_now(act)
    assert database.read_now(audit.unchained_count) == 0


@pytest.mark.parametrize(
    ("change", "position"),
    [
        ("UPDATE audit SET actor = 'ana' WHERE position = 3", 3),
        ("UPDATE audit SET subject = 'tip 9' WHERE position = 1", 1),
        ("UPDATE audit SET at = '2026-01-01 00:00:00.000000' WHERE position = 2", 2),
        ("UPDATE audit SET digest = x'00' WHERE position = 5", 5),
        ("UPDATE audit SET chain = x'00' WHERE position = 4", 4),
        ("DELETE FROM audit WHERE position = 2", 2),
        ("UPDATE audit SET position = NULL, chain = NULL WHERE position = 4", 4),
        ("UPDATE audit SET position = 9 WHERE position = 5", 5),
    ],
)
def test_the_first_entry_that_was_tampered_with_is_named(
    written: Database, place: Place, change: str, position: int
) -> None:
    tamper(place, change)
    with pytest.raises(AuditBroken) as broken:
        verify(written)
    assert broken.value.position == position


def test_an_entry_put_in_between_is_noticed(written: Database, place: Place) -> None:
    tamper(
        place,
        "UPDATE audit SET position = position + 10 WHERE position >= 3",
        "UPDATE audit SET position = position - 9 WHERE position >= 13",
        "INSERT INTO audit (at, actor, act, subject, digest, position, chain)"
        " SELECT at, 'ana', act, subject, digest, 3, chain FROM audit WHERE position = 4",
    )
    with pytest.raises(AuditBroken) as broken:
        verify(written)
    assert broken.value.position == 3


def test_a_log_cut_short_or_written_anew_is_noticed_by_whoever_kept_its_head(
    written: Database, place: Place, chance: Chance
) -> None:
    known = Head.parse(str(verify(written)))
    tamper(place, "DELETE FROM audit WHERE position = 5")
    assert verify(written).count == 4
    with pytest.raises(AuditBroken, match="cut off") as broken:
        verify(written, known)
    assert broken.value.position == 5
    record(written, chance, "a kinder tip 5")
    written.write_now(audit.chain)
    with pytest.raises(AuditBroken) as broken:
        verify(written, known)
    assert broken.value.position == 5


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit SET actor = 'ana' WHERE id = 1",
        "UPDATE audit SET position = NULL, chain = NULL WHERE id = 1",
        "UPDATE audit SET chain = x'00' WHERE id = 1",
        "UPDATE audit SET salt = x'00' WHERE id = 1",
        "UPDATE audit SET digest = x'00' WHERE id = 6",
        "UPDATE audit SET position = 6 WHERE id = 6",
        "DELETE FROM audit WHERE id = 1",
        "DELETE FROM audit WHERE id = 6",
        # Emptying it at once, where that is another statement, is refused too.
    ],
)
def test_the_database_itself_refuses_to_change_the_log(
    written: Database, place: Place, chance: Chance, change: str
) -> None:
    record(written, chance, "tip 6")
    statement = change if isinstance(place, Path) else in_postgresql(change)
    with pytest.raises(IntegrityError, match="append-only"):
        written.write_now(lambda t: t.connection.exec_driver_sql(statement))
    assert verify(written).count == 5


def test_details_are_not_kept_but_can_be_proved(written: Database, place: Place) -> None:
    assert written.read_now(lambda t: audit.is_proved(t, 1, SECRET))
    assert not written.read_now(lambda t: audit.is_proved(t, 1, {"reason": "another"}))
    assert not written.read_now(lambda t: audit.is_proved(t, 99, SECRET))
    if isinstance(place, Path):
        files = [place, place.with_name(place.name + "-wal")]
        assert not any(b"neighbour" in file.read_bytes() for file in files)


def test_the_same_details_have_different_digests(written: Database) -> None:
    digests = written.read_now(lambda t: list(t.session.exec(select(tables.Audit.digest))))
    assert len(set(digests)) == 5


def test_without_its_salt_an_entry_proves_nothing_and_the_chain_still_holds(written: Database) -> None:
    written.write_now(lambda t: audit.forget_salts(t, "tip 1"))
    assert not written.read_now(lambda t: audit.is_proved(t, 1, SECRET))
    assert written.read_now(lambda t: audit.is_proved(t, 2, SECRET))
    assert verify(written).count == 5


def test_entries_are_listed_the_latest_first_and_in_pages(written: Database, chance: Chance) -> None:
    record(written, chance, "tip 1")
    everything = written.read_now(audit.list_entries)
    assert [entry.id for entry in everything] == [6, 5, 4, 3, 2, 1]
    assert [entry.is_chained for entry in everything] == [False, True, True, True, True, True]
    assert [entry.id for entry in written.read_now(lambda t: audit.list_entries(t, limit=2, before=4))] == [3, 2]
    assert [entry.id for entry in written.read_now(lambda t: audit.list_entries(t, subject="tip 1"))] == [6, 1]


@pytest.mark.parametrize("text", ["", "5", "5:", "x:" + "0" * 64, "-1:" + "0" * 64, "5:" + "0" * 63, "5:" + "z" * 64])
def test_what_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whichever part is at fault
        Head.parse(text)
