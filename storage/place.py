"""Where a database is: in a file of this machine, or on a PostgreSQL server."""

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True, repr=False)
class Server:
    """A database on a PostgreSQL server. `url` holds a password: it is never shown; `str` says where without it."""

    url: str

    def __str__(self) -> str:
        parts = urlsplit(self.url)
        return f"{parts.path.lstrip('/') or 'the default database'} on {parts.hostname or 'this machine'}"


Place: TypeAlias = Path | Server
