"""What `fanzha run` looks at before it starts the roles, and what it says once they answer."""

from collections.abc import Sequence

from bot.app.endpoints import endpoint
from bot.app.faults import ExitCode, Fault
from bot.app.preparing import Prepared
from bot.app.roles import Role
from bot.app.running import NO_TELEGRAM
from bot.app.serving import listen
from bot.settings import Settings, variable


def roles_to_run(named: Sequence[Role]) -> tuple[Role, ...]:
    """Those named, each once; all that can run, if none is. Raises Fault for one that cannot."""
    if Role.DESK in named:
        raise Fault(NO_TELEGRAM, ExitCode.UNUSABLE)
    return tuple(dict.fromkeys(named)) or tuple(role for role in Role if role is not Role.DESK)


def check_ports(roles: Sequence[Role], settings: Settings) -> None:
    """Raises Fault for a port that is taken: one sentence before anything is started or made."""
    for role in roles:
        place = endpoint(role, settings)
        if place is not None:
            listen(place).close()


def announce(settings: Settings, roles: Sequence[Role], prepared: Prepared) -> tuple[str, ...]:
    """Lines for the person who started the service."""
    lines = [""]
    if Role.CITIZENS in roles:
        lines.append(f"  Web chat, for citizens    {settings.citizens_address}")
    if Role.CONSOLE in roles:
        lines.append(f"  Console, for staff        {settings.console_address}")
    lines += [f"  {_telegram(settings)}", ""]
    if prepared.first_link is not None:
        lines += ["  The first supervisor signs in here, once, within 15 minutes:", f"  {prepared.first_link}", ""]
    if prepared.notices:
        lines += [*(f"  {notice}" for notice in prepared.notices), ""]
    return (*lines, "  Ready. Ctrl-C stops it.", "")


def _telegram(settings: Settings) -> str:
    if settings.telegram_token is None and settings.desk_token is None:
        return f"Telegram is not joined: {variable('telegram_token')} and {variable('desk_token')} are not set."
    return "Telegram is not joined: this release cannot yet, though a token is set."
