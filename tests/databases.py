"""Fixtures for what is to hold on either engine: a place for a database, once in a file and once on a server."""

import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from storage.database import Database
from storage.place import Place, Server
from tests.postgres import INSTALL, PostgresServer, running_server

SQLITE, POSTGRESQL = "sqlite", "postgresql"


@pytest.fixture(scope="session")
def postgres_or_none() -> Iterator[PostgresServer | None]:
    with running_server() as server:
        yield server


@pytest.fixture
def postgres(postgres_or_none: PostgresServer | None) -> PostgresServer:
    """One server for the whole session."""
    if postgres_or_none is None:
        pytest.skip(INSTALL)
    return postgres_or_none


@cache
def empty_file() -> bytes:
    """An empty database, made once: what migrating does is tested where it belongs."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "fanzha.sqlite3"
        Database.open(made).close()
        return made.read_bytes()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An empty database in a file."""
    made = tmp_path / "fanzha.sqlite3"
    made.write_bytes(empty_file())
    return made


@pytest.fixture
def server(postgres: PostgresServer) -> Iterator[Server]:
    """An empty database on a server."""
    lent = postgres.lend()
    yield lent
    postgres.take_back(lent)


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def place(request: pytest.FixtureRequest) -> Place:
    """An empty database, once of each kind."""
    found: Place = request.getfixturevalue("file" if request.param == SQLITE else "server")
    return found


def everything_in(place: Place) -> bytes:
    """All that is kept: the file and its log, or every value of every table."""
    if isinstance(place, Path):
        found = b"".join(part.read_bytes() for part in place.parent.glob(place.name + "*"))
    else:
        with psycopg.connect(place.url) as connection:
            found = b"\n".join(_values(connection))
    assert found
    return found


def _values(connection: "psycopg.Connection[tuple[object, ...]]") -> Iterator[bytes]:
    tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    for (table,) in tables:
        for row in connection.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(str(table)))):
            yield from (value if isinstance(value, bytes) else str(value).encode() for value in row)
