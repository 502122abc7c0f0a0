"""Copying a PostgreSQL database with the server's own programs, and putting a copy into an empty one."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from sqlalchemy.exc import DBAPIError

from storage.copying import Held, describe
from storage.database import Database
from storage.errors import AlreadyExists, NotFound, ProgramMissing, StorageUnavailable
from storage.migrations.server import revision
from storage.place import Server
from storage.server import connect, in_server_words, make_server_engine

_DEBIAN = Path("/usr/lib/postgresql")

_SOMETHING = """
SELECT count(*) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND nspname !~ '^pg_' AND nspname <> 'information_schema'
"""


def dump(server: Server, target: Path) -> Held:
    """Of one moment, whoever writes meanwhile. Raises NotFound, ProgramMissing, StorageUnavailable."""
    program = _find("pg_dump")
    engine = make_server_engine(server, writes=False)
    try:
        with engine.connect() as connection, connection.begin():
            connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
            if revision(connection) is None:
                raise NotFound("database", str(server))
            held = describe(connection)
            snapshot = connection.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one()
            os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
            _run(program, server, "--format=custom", f"--snapshot={snapshot}", f"--file={target}")
            return held
    except DBAPIError as fault:
        raise in_server_words(fault) from fault
    finally:
        engine.dispose()


def put_dump(source: Path, server: Server) -> None:
    """All or nothing. Raises ProgramMissing, StorageUnavailable."""
    _run(_find("pg_restore"), server, "--single-transaction", "--exit-on-error", str(source))


def into_empty(server: Server, put: Callable[[], None], check: Callable[[Database], None]) -> None:
    """Let `put` fill a database with nothing in it, and empty it again if that fails or what it holds is not sound."""
    with connect(server) as connection:
        row = connection.execute(_SOMETHING).fetchone()
    if row is None or row[0]:
        raise AlreadyExists("database", str(server))
    try:
        put()
        with Database.open(server) as database:
            check(database)
    except BaseException:
        _empty(server)
        raise


def _empty(server: Server) -> None:
    with connect(server) as connection, connection.transaction():
        for (name,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall():
            connection.execute(sql.SQL("DROP TABLE {} CASCADE").format(sql.Identifier(name)))
        connection.execute("DROP FUNCTION IF EXISTS audit_is_append_only")


def _find(name: str) -> Path:
    on_path = shutil.which(name)
    if on_path is not None:
        return Path(on_path)
    # Debian puts the server's own beside each other, by release, and not on the path.
    there = sorted(_DEBIAN.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    if not there:
        raise ProgramMissing(name, "apt-get install postgresql-client")
    return there[-1]


def _run(program: Path, server: Server, *arguments: str) -> None:
    parts = {name: str(value) for name, value in conninfo_to_dict(server.url).items() if value is not None}
    # Not on the command line, which everybody on this machine can read.
    password = parts.pop("password", None)
    environment = os.environ | ({} if password is None else {"PGPASSWORD": password})
    done = subprocess.run(  # noqa: S603 - the program was looked for, and nothing that people wrote is among the arguments
        [program, "--no-owner", "--no-privileges", "--no-password", f"--dbname={make_conninfo(**parts)}", *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        # Of what it says only the first sentence: what follows may quote rows.
        said = next((line for line in done.stderr.splitlines() if "error" in line), f"exit code {done.returncode}")
        raise StorageUnavailable(said.split(" DETAIL", 1)[0].rstrip("."))
