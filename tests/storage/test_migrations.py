"""Facts about the schema's history."""

import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlmodel import SQLModel

from storage import account_tables, act_tables, desk_tables, index_tables, migrations, queue_tables, tables, tips
from storage.database import Database
from storage.engine import make_engine
from storage.errors import DatabaseTooNew, StorageError, StorageUnavailable
from storage.place import Place, Server
from storage.ranks import rank_at_end, rank_of
from storage.server import make_server_engine
from tests.postgres import PostgresServer


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "fanzha.sqlite"


def test_the_migrations_make_the_schema_of_the_tables(place: Place) -> None:
    engine = make_engine(place, writes=False) if isinstance(place, Path) else make_server_engine(place, writes=False)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        differences = compare_metadata(context, SQLModel.metadata)
    engine.dispose()
    assert differences == []
    assert tables.Tip.__tablename__ in SQLModel.metadata.tables
    assert account_tables.Proposal.__tablename__ in SQLModel.metadata.tables
    assert desk_tables.DeskNote.__tablename__ in SQLModel.metadata.tables
    assert queue_tables.SavedFilter.__tablename__ in SQLModel.metadata.tables
    assert act_tables.Merging.__tablename__ in SQLModel.metadata.tables
    assert index_tables.Term.__tablename__ in SQLModel.metadata.tables


def test_the_newest_revision_is_the_one_that_is_named() -> None:
    assert ScriptDirectory(str(Path(migrations.__file__).parent)).get_heads() == [migrations.HEAD]


def test_migrating_a_file_again_changes_nothing(path: Path) -> None:
    migrations.migrate(path)
    before = path.read_bytes()
    migrations.migrate(path)
    assert path.read_bytes() == before


def test_a_database_of_a_later_release_is_refused_with_a_sentence(place: Place) -> None:
    later = "UPDATE alembic_version SET version_num = '9999'"
    if isinstance(place, Path):
        with closing(sqlite3.connect(place)) as connection, connection:
            connection.execute(later)
    else:
        with psycopg.connect(place.url) as other:
            other.execute(later)
    with pytest.raises(DatabaseTooNew, match="newer release") as refused:
        Database.open(place)
    assert (refused.value.found, refused.value.known) == ("9999", migrations.HEAD)


def test_migrating_a_server_again_changes_nothing(postgres: PostgresServer, server: Server) -> None:
    def written() -> object:
        with psycopg.connect(server.url) as connection:
            return connection.execute(
                "SELECT xmin FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            ).fetchall()

    before = written()
    migrations.migrate(server)
    assert written() == before


def test_a_migration_that_fails_on_a_server_leaves_nothing_behind(
    postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = postgres.make_empty_database()
    with psycopg.connect(empty.url) as connection:
        # The last thing that the first migration makes is in its way.
        connection.execute("CREATE FUNCTION audit_is_append_only() RETURNS int LANGUAGE sql AS 'SELECT 1'")
    with pytest.raises(StorageError):
        migrations.migrate(empty)
    with psycopg.connect(empty.url) as connection:
        left = connection.execute("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace").fetchall()
    assert left == []
    postgres.drop(empty)


def test_a_server_that_is_not_there_is_named_without_its_password() -> None:
    with pytest.raises(StorageUnavailable, match="port 9 failed") as refused:
        Database.open(Server("postgresql://anna:s3cret@127.0.0.1:9/fanzha"))
    assert "s3cret" not in str(refused.value)


def test_a_database_that_a_server_does_not_have_is_named(postgres: PostgresServer) -> None:
    with pytest.raises(StorageUnavailable, match='"nowhere" does not exist'):
        Database.open(postgres.server("nowhere"))


def test_a_file_that_is_no_database_is_refused_and_left_alone(path: Path) -> None:
    path.write_text("a shopping list, of more than a hundred bytes, " * 10)
    before = path.read_bytes()
    with pytest.raises(StorageUnavailable, match="not a database"):
        Database.open(path)
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageUnavailable):
        Database.open(tmp_path / "file" / "fanzha.sqlite")


def test_only_its_owner_can_read_the_file_and_its_log(path: Path) -> None:
    with Database.open(path) as database:
        database.write_now(lambda t: t.session.add(tables.Meta(name="a", value="b")))
        files = [path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")]
        assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [0o600, 0o600, 0o600]


def test_a_path_with_odd_signs_is_a_path_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "50% of 诈骗? #1" / "fanzha.sqlite"
    with Database.open(path) as database:
        database.write_now(lambda t: t.session.add(tables.Meta(name="a", value="b")))
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT name, value FROM meta").fetchall() == [("a", "b")]


def test_a_database_of_the_first_schema_keeps_what_it_holds(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "HEAD", "0001")
    migrations.migrate(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "INSERT INTO tip (id, kind, dangers, urgency, likeness, language, versions, state, filed_at) "
            "VALUES ('7K3M-9QTX', 'check', '', 1, 'warn', 'en', '{}', 'new', '2026-11-23 09:30:00')"
        )
    monkeypatch.undo()
    migrations.migrate(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT id, confirmed_pattern FROM tip").fetchall() == [("7K3M-9QTX", None)]
        triggers = connection.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger'").fetchone()
        assert triggers == (2,)


def test_tips_of_an_older_schema_are_ranked_as_newer_ones_are(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrations, "HEAD", "0004")
    migrations.migrate(path)
    columns = "id, kind, dangers, urgency, likeness, language, versions, state, filed_at, decided_at"
    filed = "2026-11-23 09:30:00.000000"
    rows = [
        ("CALM-0000", "check", "", 50, "warn", "en", "{}", "new", filed, None),
        ("GRAV-0000", "cheated", "life,money-gone", 1000, "warn", "en", "{}", "claimed", filed, None),
        ("DONE-0000", "check", "", 50, "warn", "en", "{}", "decided", filed, "2026-11-23 11:00:00.000000"),
        ("GONE-0000", "check", "", 50, "warn", "en", "{}", "erased", filed, None),
    ]
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany(f"INSERT INTO tip ({columns}) VALUES ({', '.join('?' * 10)})", rows)  # noqa: S608 # ours
    monkeypatch.undo()
    with Database.open(path) as database:
        found = database.read_now(lambda t: {row[0]: tips.get(t, row[0]) for row in rows})
    at = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    assert (found["CALM-0000"].rank, found["GRAV-0000"].rank) == (rank_of(50, at), rank_of(1000, at))
    assert (found["GRAV-0000"].recall_until, found["CALM-0000"].recall_until) == (at + timedelta(days=2), None)
    assert (found["DONE-0000"].lane, found["DONE-0000"].rank) == ("ended", rank_at_end(at + timedelta(minutes=90)))
    assert (found["GONE-0000"].lane, found["GONE-0000"].rank) == ("gone", rank_at_end(at))


@pytest.mark.parametrize("column", ["merged_into", "withdrawn_from"])
def test_a_column_that_is_mostly_empty_is_looked_up_by_its_index_once_the_file_was_analysed(
    path: Path, column: str
) -> None:
    migrations.migrate(path)
    columns = "id, kind, dangers, urgency, likeness, language, versions, state, filed_at"
    rows = [(f"{n:04}-0000", "check", "", 50, "warn", "en", "{}", "new", f"2026-11-23 09:{n:04}") for n in range(2000)]
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany(f"INSERT INTO tip ({columns}) VALUES ({', '.join('?' * 9)})", rows)  # noqa: S608 # ours
        connection.execute("ANALYZE")
    with closing(sqlite3.connect(path)) as connection:
        asked = f"EXPLAIN QUERY PLAN SELECT id FROM tip WHERE {column} = ? ORDER BY filed_at, id"  # noqa: S608 # ours
        plan = " ".join(row[3] for row in connection.execute(asked, ("0001-0000",)))
    assert f"ix_tip_{column}" in plan, plan
