"""One unit of work, and the forms of writing that are one statement on either engine."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from functools import cache
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import Connection, Insert, Table, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

from storage.prepared import Build, Prepared, Statement, prepared

T = TypeVar("T")
Later: TypeAlias = Callable[[], T]
"""An answer that is asked for when it is needed. On a server, what was sent meanwhile went there in one go."""


def joined(connection: Connection) -> Session:
    """A session of the ORM inside the connection's transaction, which is another's to end."""
    return Session(connection, expire_on_commit=False)


class Transaction:
    """What is inside belongs to `storage`; the others pass it on."""

    def __init__(self, connection: Connection, open_session: Callable[[Connection], Session] = joined) -> None:
        self._connection = connection
        self._open_session = open_session
        self._session: Session | None = None
        self._line: AbstractContextManager[Any] | None = None
        """Held while a server is sent statements whose answers have not come yet."""
        self._checks: list[Later[None]] = []

    @property
    def connection(self) -> Connection:
        """SQLAlchemy's, for what is asked seldom."""
        self.settle()
        return self._connection

    @property
    def session(self) -> Session:
        """The ORM, which costs more than the database does: not for what every message reads and writes."""
        self.settle()
        if self._session is None:
            self._session = self._open_session(self._connection)
        return self._session

    def rows(self, build: Build, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """What a prepared SELECT finds. Raises the driver's errors, as all that is prepared does."""
        self.settle()
        return self._prepared(build).rows(self._connection, values)

    def run(self, build: Build, values: Mapping[str, Any]) -> int:
        """How many rows a prepared statement wrote."""
        return self.run_later(build, values)()

    def insert(self, model: type[SQLModel], values: Mapping[str, Any]) -> int:
        """Insert a row, all its columns named that have no NULL, and return its number."""
        return self.insert_later(model, values)()

    def insert_new(self, model: type[SQLModel], values: Mapping[str, Any]) -> bool:
        """Insert a row unless one of its keys is taken; whether it was."""
        return self.insert_new_later(model, values)()

    def run_later(self, build: Build, values: Mapping[str, Any]) -> Later[int]:
        """How many rows a prepared statement wrote."""
        cursor = self._send(self._prepared(build), values)
        return self._once_settled(lambda: int(cursor.rowcount))

    def insert_later(self, model: type[SQLModel], values: Mapping[str, Any]) -> Later[int]:
        """Insert a row as `insert` does; its number."""
        cursor = self._send(self._prepared(_inserting(model), frozenset(values)), values)
        is_file = self._connection.dialect.name == "sqlite"
        return self._once_settled(lambda: int(cursor.lastrowid if is_file else cursor.fetchone()[0]))

    def insert_new_later(self, model: type[SQLModel], values: Mapping[str, Any]) -> Later[bool]:
        """Whether the row could be inserted; not when one of its keys is taken. Not looked up first: on PostgreSQL that
        look would set conversations that have nothing to do with each other against each other."""
        cursor = self._send(self._prepared(_inserting_new(model), frozenset(values)), values)
        return self._once_settled(lambda: bool(cursor.rowcount))

    def check(self, holds: Later[None]) -> None:
        """`holds` raises where what was sent did not come out as it must. Asked at once, or before the commit where
        the answer is still on its way."""
        if self._line is None:
            holds()
        else:
            self._checks.append(holds)

    def settle(self) -> None:
        """Wait for the answers to what was sent. Raises the driver's errors, and those of the checks."""
        if self._line is None:
            return
        line, self._line = self._line, None
        line.__exit__(None, None, None)
        checks, self._checks = self._checks, []
        for holds in checks:
            holds()

    def finish(self) -> None:
        """Write what is still held back, by the ORM too, and let go of it. The connection's transaction goes on."""
        self.settle()
        if self._session is not None:
            self._session.commit()
            self._session.close()

    def undo(self) -> None:
        """Forget what the ORM holds, and undo what it wrote in a savepoint of its own."""
        self._drop_line()
        if self._session is not None:
            self._session.rollback()
            self._session.close()

    def close(self) -> None:
        """Let go of what the ORM holds, and of nothing else."""
        self._drop_line()
        if self._session is not None:
            self._session.close()

    def _prepared(self, build: Build, columns: frozenset[str] | None = None) -> Prepared:
        if self._session is not None:
            # What the ORM was given before comes before.
            self._session.flush()
        return prepared(build, self._connection.dialect, columns)

    def _send(self, statement: Prepared, values: Mapping[str, Any]) -> Any:
        """The driver's cursor, whose answer on a server may be on its way."""
        # Beside the ORM nothing is left open: it would take the answers for its own.
        if self._line is None and self._session is None and self._connection.dialect.name != "sqlite":
            driver: Any = self._connection.connection.driver_connection
            self._line = driver.pipeline()
            self._line.__enter__()
        return statement.run(self._connection, values)

    def _once_settled(self, answer: Later[T]) -> Later[T]:
        @cache
        def told() -> T:
            self.settle()
            return answer()

        return told

    def _drop_line(self) -> None:
        line, self._line = self._line, None
        if line is not None:
            # The unit failed, and its own fault says more than that of whatever came behind it.
            with suppress(Exception):
                line.__exit__(None, None, None)


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
