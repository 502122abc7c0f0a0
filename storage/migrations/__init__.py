"""The schema's history, and the way to bring a database up to date."""

from pathlib import Path

from sqlalchemy import Connection

from storage.errors import DatabaseTooNew
from storage.place import Place

HEAD = "0009"
"""The newest revision; a constant so that opening a current database need not import Alembic."""


def migrate(place: Place) -> None:
    """Bring the schema to HEAD; a file is made if it is missing, a server's database is not. Two processes may do so at
    once: one waits. Raises DatabaseTooNew, StorageUnavailable."""
    # ruff: noqa: PLC0415 - one engine does not load what the other stands on
    if isinstance(place, Path):
        from storage.migrations.file import migrate_file

        migrate_file(place)
    else:
        from storage.migrations.server import migrate_server

        migrate_server(place)


def known_revisions() -> frozenset[str]:
    """Every schema this program can bring up to date."""
    from alembic.script import ScriptDirectory  # slow to import, and rarely needed

    return frozenset(script.revision for script in ScriptDirectory(str(Path(__file__).parent)).walk_revisions())


def upgrade(connection: Connection, found: str | None) -> None:
    """From the revision found (None: nothing is there) to HEAD, in the connection's transaction."""
    from alembic import command  # slow to import, and rarely needed
    from alembic.config import Config

    if found is not None and found not in known_revisions():
        raise DatabaseTooNew(found, HEAD)
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)
