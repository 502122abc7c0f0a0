"""One unit of work, and the forms of writing that are one statement on either engine."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Table, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

from storage.prepared import Build, Prepared, Statement, prepared


def joined(connection: Connection) -> Session:
    """A session of the ORM inside the connection's transaction, which is another's to end."""
    return Session(connection, expire_on_commit=False)


class Transaction:
    """What is inside belongs to `storage`; the others pass it on."""

    def __init__(self, connection: Connection, open_session: Callable[[Connection], Session] = joined) -> None:
        self.connection = connection
        self._open_session = open_session
        self._session: Session | None = None

    @property
    def session(self) -> Session:
        """The ORM, which costs more than the database does: not for what every message reads and writes."""
        if self._session is None:
            self._session = self._open_session(self.connection)
        return self._session

    def rows(self, build: Build, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """What a prepared SELECT finds. Raises the driver's errors, as all that is prepared does."""
        return self._prepared(build).rows(self.connection, values)

    def run(self, build: Build, values: Mapping[str, Any]) -> int:
        """How many rows a prepared statement wrote."""
        return int(self._prepared(build).run(self.connection, values).rowcount)

    def insert(self, model: type[SQLModel], values: Mapping[str, Any]) -> int:
        """Insert a row, all its columns named that have no NULL, and return its number."""
        cursor = self._prepared(_inserting(model), frozenset(values)).run(self.connection, values)
        return int(cursor.lastrowid if self.connection.dialect.name == "sqlite" else cursor.fetchone()[0])

    def insert_new(self, model: type[SQLModel], values: Mapping[str, Any]) -> bool:
        """Whether the row could be inserted; not when one of its keys is taken. Not looked up first: on PostgreSQL that
        look would set conversations that have nothing to do with each other against each other."""
        cursor = self._prepared(_inserting_new(model), frozenset(values)).run(self.connection, values)
        return bool(cursor.rowcount)

    def finish(self) -> None:
        """Write what the ORM still holds back, and let go of it. The connection's transaction goes on."""
        if self._session is not None:
            self._session.commit()
            self._session.close()

    def undo(self) -> None:
        """Forget what the ORM holds, and undo what it wrote in a savepoint of its own."""
        if self._session is not None:
            self._session.rollback()
            self._session.close()

    def close(self) -> None:
        """Let go of what the ORM holds, and of nothing else."""
        if self._session is not None:
            self._session.close()

    def _prepared(self, build: Build, columns: frozenset[str] | None = None) -> Prepared:
        if self._session is not None:
            # What the ORM was given before comes before.
            self._session.flush()
        return prepared(build, self.connection.dialect, columns)


def table_of(model: type[SQLModel]) -> Table:
    """The table of a class of `tables`."""
    table: Table = model.__table__  # type: ignore[attr-defined] # SQLModel does not declare what it makes
    return table


def upsert(model: type[SQLModel], dialect: str) -> "postgresql.Insert | sqlite.Insert":
    """An INSERT that can be given ON CONFLICT: both engines write it alike, and SQLAlchemy has it once for each."""
    return postgresql.insert(table_of(model)) if dialect == "postgresql" else sqlite.insert(table_of(model))


@cache
def _inserting(model: type[SQLModel]) -> Build:
    def build(dialect: str) -> Insert:
        table = table_of(model)
        # SQLite tells the number by itself.
        return insert(table) if dialect == "sqlite" else insert(table).returning(*table.primary_key.columns)

    return build


@cache
def _inserting_new(model: type[SQLModel]) -> Build:
    def build(dialect: str) -> Statement:
        return upsert(model, dialect).on_conflict_do_nothing()

    return build
