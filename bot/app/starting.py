"""What `fanzha run` looks at before it starts the roles, and what it says once they answer."""

from collections.abc import Mapping, Sequence

from bot.app.endpoints import endpoint, metrics_endpoint
from bot.app.faults import ExitCode, Fault
from bot.app.roles import Role
from bot.app.serving import listen
from bot.settings import PREFIX, Settings, variable


def roles_to_run(named: Sequence[Role], settings: Settings) -> tuple[Role, ...]:
    """Those named, each once; all that can run, if none is. Raises Fault for one that cannot."""
    has_desk = settings.desk_token is not None
    if Role.DESK in named and not has_desk:
        raise Fault(f"The desk has no bot: {variable('desk_token')} is not set.", ExitCode.UNUSABLE)
    return tuple(dict.fromkeys(named)) or tuple(role for role in Role if role is not Role.DESK or has_desk)


def check_ports(roles: Sequence[Role], settings: Settings) -> None:
    """Raises Fault for a port that is taken: one sentence before anything is started or made."""
    for role in roles:
        for place in (endpoint(role, settings), metrics_endpoint(role, settings)):
            if place is not None:
                listen(place).close()


def announce(settings: Settings, roles: Sequence[Role], told: Sequence[str], notices: Sequence[str]) -> tuple[str, ...]:
    """Lines for the person who started the service: addresses, what the roles told, what was noticed before."""
    lines = [""]
    if Role.CITIZENS in roles:
        lines.append(f"  Web chat, for citizens    {settings.citizens_address}")
    if Role.CONSOLE in roles:
        lines.append(f"  Console, for staff        {settings.console_address}")
    lines += [f"  {_telegram(settings)}"] if Role.CITIZENS in roles or settings.citizens_token is None else []
    lines += [f"  {_desk(settings)}", ""] if Role.DESK in roles or settings.desk_token is None else [""]
    for paragraph in (told, notices):
        lines += [*(f"  {line}" for line in paragraph), ""] if paragraph else []
    return (*lines, "  Ready. Ctrl-C stops it.", "")


def environment_of(role: Role, environment: Mapping[str, str]) -> dict[str, str]:
    """What a role's process is given of this one's environment: no role the secrets of the other side."""
    return {name: value for name, value in environment.items() if name.upper() not in _WITHHELD[role]}


def unknown_variables(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Sentences about what looks like a setting and is none: a misspelt one would be passed over in silence."""
    known = {variable(field) for field in Settings.model_fields}
    unknown = sorted(
        name
        for name in environment
        if name.upper().startswith(PREFIX) and not name.upper().startswith(_FOR_TESTS) and name.upper() not in known
    )
    return tuple(f"{name} is no setting of this release; it is not used." for name in unknown)


_CITIZENS_ALONE = frozenset({variable("citizens_token"), variable("webhook_secret")})
_OPENING = frozenset({variable("staff_passphrase"), variable("staff_passphrase_file")})
_DESK_ALONE = frozenset({variable("desk_token")})
_STAFF_ALONE = _OPENING | _DESK_ALONE | {variable("staff_keys"), variable("desk_keys")}
_WITHHELD = {
    Role.CITIZENS: _STAFF_ALONE,
    Role.CITIZENS_JOBS: _STAFF_ALONE,
    Role.CONSOLE: _CITIZENS_ALONE | _DESK_ALONE,
    # It acts with a key of its own, and is given nothing that opens the other.
    Role.DESK: _CITIZENS_ALONE | _OPENING,
    Role.STAFF_JOBS: _CITIZENS_ALONE | _DESK_ALONE,
}
_FOR_TESTS = f"{PREFIX}TESTS_"


def _telegram(settings: Settings) -> str:
    """Without a word of the token; the bot's name is not known before it was asked for."""
    if settings.citizens_token is None:
        return f"Telegram is not joined: {variable('citizens_token')} is not set."
    way = "updates are asked for" if settings.webhook_url is None else f"updates come to {settings.webhook_url}"
    return f"Telegram, for citizens    {way}"


def _desk(settings: Settings) -> str:
    if settings.desk_token is None:
        return f"The desk, staff's Telegram, is off: {variable('desk_token')} is not set."
    return f"Telegram, for staff       bound by a code from {settings.console_address}account"
