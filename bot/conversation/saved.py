"""A session as it is kept between turns: versioned JSON that a later release still reads."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bot.conversation.session import Session

VERSION = 1

# From each older version to the next; a version is raised when a field changes its meaning, not when one is added.
_UPGRADES: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}


class UnreadableSession(Exception):  # noqa: N818 - a noun of this house
    """What was kept is no session, or one of a later release."""


@cache
def _adapter() -> TypeAdapter[Session]:
    return TypeAdapter(Session)


class SavedForm:
    """Writes and reads sessions. What it writes them by costs some milliseconds to make, and is made once a process."""

    def __init__(self) -> None:
        self._session = _adapter()

    def dump(self, session: Session) -> dict[str, Any]:
        kept: dict[str, Any] = self._session.dump_python(session, mode="json")
        return {"version": VERSION, "session": kept}

    def load(self, kept: Mapping[str, Any]) -> Session:
        """Raises UnreadableSession. Fields of a later release that are not known here are left out."""
        version, body = kept.get("version"), kept.get("session")
        if not isinstance(version, int) or version > VERSION or not isinstance(body, dict):
            raise UnreadableSession("The session was kept by a later release, or is damaged.")
        for old in range(version, VERSION):
            body = _UPGRADES[old](body)
        try:
            return self._session.validate_python(body)
        except ValidationError as fault:
            # Its message would quote what the person wrote.
            raise UnreadableSession(f"The session has {fault.error_count()} unreadable fields.") from None
