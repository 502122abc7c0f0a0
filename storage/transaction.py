"""One unit of work, and the forms of writing that are one statement on either engine."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Table, insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


class Transaction:
    """What is inside belongs to `storage`; the others pass it on."""

    def __init__(self, session: Session) -> None:
        self.session = session

    @property
    def connection(self) -> Connection:
        """Without the ORM, which costs more than the database does: for what every message's commit writes."""
        return self.session.connection()

    def insert(self, model: type[SQLModel], values: Mapping[str, Any]) -> int:
        """Insert a row, all its columns named that have no NULL, and return its number."""
        result = self.connection.execute(_insert(model), values)
        assert result.inserted_primary_key is not None  # noqa: S101 - one row was inserted
        return int(result.inserted_primary_key[0])

    def insert_new(self, model: type[SQLModel], values: Mapping[str, Any]) -> bool:
        """Whether the row could be inserted; not when one of its keys is taken. Not looked up first: on PostgreSQL that
        look would set conversations that have nothing to do with each other against each other."""
        connection = self.connection
        return bool(connection.execute(_insert_new(model, connection.dialect.name), values).rowcount)


def table_of(model: type[SQLModel]) -> Table:
    """The table of a class of `tables`."""
    table: Table = model.__table__  # type: ignore[attr-defined] # SQLModel does not declare what it makes
    return table


def upsert(model: type[SQLModel], dialect: str) -> "postgresql.Insert | sqlite.Insert":
    """An INSERT that can be given ON CONFLICT: both engines write it alike, and SQLAlchemy has it once for each."""
    return postgresql.insert(table_of(model)) if dialect == "postgresql" else sqlite.insert(table_of(model))


@cache
def _insert(model: type[SQLModel]) -> Insert:
    return insert(table_of(model))


@cache
def _insert_new(model: type[SQLModel], dialect: str) -> "postgresql.Insert | sqlite.Insert":
    return upsert(model, dialect).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
