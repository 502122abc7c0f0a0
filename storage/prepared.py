"""A statement in the driver's own words, made once: what every message runs, SQLAlchemy need not look at each time."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from sqlalchemy import Connection, Delete, Insert, Select, Update
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeEngine

Statement: TypeAlias = "Select[Any] | Insert | Update | Delete"
Build: TypeAlias = Callable[[str], Statement]
"""Given the dialect's name. A function that stays the same: by it the prepared statement is found again."""

_known: dict[tuple[Build, str, frozenset[str] | None], "Prepared"] = {}


class Prepared:
    """`columns`: of an INSERT, those that are given; a column that is left out is NULL."""

    def __init__(self, statement: Statement, dialect: Dialect, columns: frozenset[str] | None) -> None:
        compiled: Any = statement.compile(dialect=dialect, column_keys=None if columns is None else sorted(columns))
        self.text = str(compiled)
        # By place for SQLite, by name for PostgreSQL.
        self._order: list[str] | None = compiled.positiontup if compiled.positional else None
        binds = compiled.bind_names.items()
        self._given = {name: bind.effective_value for bind, name in binds if not bind.required}
        writes = {name: _of(bind.type, dialect).bind_processor(dialect) for bind, name in binds}
        self._writes = {name: write for name, write in writes.items() if write is not None}
        told = statement.exported_columns
        self._reads = [_of(column.type, dialect).result_processor(dialect, None) for column in told]

    def run(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        """The driver's cursor. Raises the driver's errors."""
        given = {**self._given, **values}
        for name, write in self._writes.items():
            given[name] = write(given[name])
        driver: Any = connection.connection.driver_connection
        return driver.execute(self.text, given if self._order is None else [given[name] for name in self._order])

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """What it finds, or tells of what it wrote, as the columns' types read it."""
        return [
            tuple(read(value) if read else value for read, value in zip(self._reads, row, strict=True))
            for row in self.run(connection, values).fetchall()
        ]


def prepared(build: Build, dialect: Dialect, columns: frozenset[str] | None = None) -> Prepared:
    key = (build, dialect.name, columns)
    found = _known.get(key)
    if found is None:
        found = _known[key] = Prepared(build(dialect.name), dialect, columns)
    return found


def _of(kind: TypeEngine[Any], dialect: Dialect) -> TypeEngine[Any]:
    return kind.dialect_impl(dialect)
