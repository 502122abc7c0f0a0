"""Where each role listens."""

from dataclasses import dataclass

from bot.app.roles import Role
from bot.settings import Settings, variable


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a role listens. `host` is a name it answers to; `setting` is what to change when the port is taken."""

    bind: str
    port: int
    host: str
    setting: str


_METRICS = (Role.CITIZENS, Role.CONSOLE, Role.CITIZENS_JOBS, Role.STAFF_JOBS, Role.DESK)
"""In the order of their ports."""


def endpoint(role: Role, settings: Settings) -> Endpoint:
    """Of every role."""
    match role:
        case Role.CITIZENS:
            bind, port, host = settings.citizens_bind, settings.citizens_port, settings.citizens_hosts[0]
            return Endpoint(bind, port, host, variable("citizens_port"))
        case Role.CONSOLE:
            bind, port, host = settings.console_bind, settings.console_port, settings.console_hosts[0]
            return Endpoint(bind, port, host, variable("console_port"))
        case Role.CITIZENS_JOBS:
            return Endpoint(
                settings.jobs_bind, settings.citizens_jobs_port, "localhost", variable("citizens_jobs_port")
            )
        case Role.STAFF_JOBS:
            return Endpoint(settings.jobs_bind, settings.staff_jobs_port, "localhost", variable("staff_jobs_port"))
        case Role.DESK:
            return Endpoint(settings.jobs_bind, settings.desk_port, "localhost", variable("desk_port"))


def metrics_endpoint(role: Role, settings: Settings) -> Endpoint | None:
    """None where nobody is to look."""
    if settings.metrics_port is None:
        return None
    port = settings.metrics_port + _METRICS.index(role)
    return Endpoint(settings.metrics_bind, port, "localhost", variable("metrics_port"))
