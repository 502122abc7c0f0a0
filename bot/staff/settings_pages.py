"""How this installation is set up, to look at, and the groups that the desk's notices go to."""

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import SecretStr
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.services.permissions import Act
from bot.services.placing import Placing
from bot.settings import Settings, variable
from bot.staff.door import Door, Visit


@dataclass(frozen=True, slots=True)
class Line:
    """One setting; of a secret, `value` is only whether it is set."""

    name: str
    value: str
    is_secret: bool
    is_default: bool
    description: str


def lines(settings: Settings) -> tuple[Line, ...]:
    """Every setting, in the order they are declared."""
    return tuple(
        _line(name, getattr(settings, name), is_default=name not in settings.model_fields_set, about=field.description)
        for name, field in Settings.model_fields.items()
    )


class SettingsPages:
    """Handlers and their routes. Settings are changed where the service is started, not here."""

    def __init__(self, shown: Sequence[Line], placing: Placing) -> None:
        """Show the lines `shown`; groups are kept by `placing`."""
        self._shown = shown
        self._placing = placing

    def routes(self, door: Door) -> list[Route]:
        """Where they are."""
        return [
            door.get("/settings", self.show, Act.SEE_SETTINGS),
            door.post("/settings/places/leave", self.leave, Act.PLACE_DESK),
        ]

    async def show(self, visit: Visit) -> Response:
        """All there is."""
        places = await self._placing.places(visit.actor)
        return visit.answer("staff/settings.html", here="settings", lines=self._shown, places=places)

    async def leave(self, visit: Visit) -> Response:
        """A group hears no more."""
        chat = visit.form.text("chat")
        if chat.lstrip("-").isdecimal() and chat.isascii():
            await self._placing.leave(visit.actor, int(chat[:20]))
        return RedirectResponse("/settings", 303)


def _line(name: str, value: object, *, is_default: bool, about: str | None) -> Line:
    if isinstance(value, SecretStr):
        return Line(variable(name), "", True, is_default, about or "")
    told = ", ".join(map(str, value)) if isinstance(value, tuple) else "" if value is None else str(value)
    return Line(variable(name), told, False, is_default, about or "")
