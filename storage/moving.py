"""Moving from a SQLite file to a PostgreSQL server: every row of a copy, into a database with nothing in it."""

from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, Table, func, insert, select
from sqlmodel import SQLModel

from storage import tables
from storage.copying import draft_of
from storage.engine import make_engine
from storage.migrations import migrate
from storage.place import Server
from storage.server import make_server_engine
from storage.transaction import table_of

_AT_ONCE = 1000
_HEAVY_AT_ONCE = 4
"""Of rows that may hold a whole video."""


def move_file(source: Path, server: Server) -> None:
    """All or nothing; numbers go on where they were. Raises StorageUnavailable."""
    migrate(server)
    with TemporaryDirectory(prefix="fanzha-") as folder, draft_of(source, Path(folder) / "draft") as draft:
        migrate(draft)
        here, there = make_engine(draft, writes=False), make_server_engine(server, writes=True)
        try:
            with here.connect() as old, there.connect() as new, new.begin():
                for table in SQLModel.metadata.sorted_tables:
                    _move(table, old, new)
        finally:
            here.dispose()
            there.dispose()


def _move(table: Table, old: Connection, new: Connection) -> None:
    rows = select(table)
    if table is table_of(tables.Tip):
        # What others were merged into comes before them.
        rows = rows.order_by(table.c.merged_into.is_not(None))
    at_once = _HEAVY_AT_ONCE if table is table_of(tables.Exhibit) else _AT_ONCE
    with old.execution_options(yield_per=at_once).execute(rows) as found:
        for part in found.mappings().partitions(at_once):
            new.execute(insert(table), [dict(row) for row in part])
    number = table.autoincrement_column
    if number is not None:
        last = new.execute(select(func.max(number))).scalar()
        if last is not None:
            sequence = func.pg_get_serial_sequence(f'"{table.name}"', number.name)
            new.execute(select(func.setval(sequence, last)))
