"""Bringing a database on a PostgreSQL server up to date."""

import psycopg
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from storage import migrations
from storage.errors import DatabaseTooNew, StorageUnavailable
from storage.place import Server
from storage.server import in_server_words, make_server_engine

_LOCK = 0x66616E7A  # any number, the same in every release


def migrate_server(server: Server) -> None:
    """Bring the schema of a database that is there to HEAD. Two processes may do so at once: one waits."""
    try:
        engine = make_server_engine(server, writes=True)
        try:
            with engine.connect() as connection:
                found = revision(connection)
                if found == migrations.HEAD:
                    return
                if found is not None and found not in migrations.known_revisions():
                    raise DatabaseTooNew(found, migrations.HEAD)
                connection.rollback()
                _upgrade(connection)
        finally:
            engine.dispose()
    except (DBAPIError, psycopg.Error) as fault:
        ours = in_server_words(fault)
        raise (ours if ours is not fault else StorageUnavailable(f"{server}: {type(fault).__name__}")) from fault


def revision(connection: Connection) -> str | None:
    """The schema's revision, or None for a database with nothing in it."""
    if connection.exec_driver_sql("SELECT to_regclass('alembic_version')").scalar_one() is None:
        return None
    row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
    return None if row is None else str(row[0])


def _upgrade(connection: Connection) -> None:
    # Read committed: after the wait for the lock, what the other one did must be seen.
    connection.execution_options(isolation_level="READ COMMITTED")
    with connection.begin():
        connection.exec_driver_sql("SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        found = revision(connection)
        if found != migrations.HEAD:
            migrations.upgrade(connection, found)
