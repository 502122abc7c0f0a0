"""Asking a role on this machine how it is, as container engines and people do."""

import http.client
import json

from bot.app.endpoints import endpoint
from bot.app.faults import Fault
from bot.app.roles import Role
from bot.settings import Settings

_ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - addresses to ask instead, not to listen on
_PATIENCE_SECONDS = 5


def ask_health(role: Role, settings: Settings) -> str:
    """What to say of a role that is well. Raises Fault for one that is not, or does not answer."""
    place = endpoint(role, settings)
    connection = http.client.HTTPConnection(
        _ANYWHERE.get(place.bind, place.bind), place.port, timeout=_PATIENCE_SECONDS
    )
    try:
        connection.request("GET", "/healthz", headers={"Host": place.host})
        answer = connection.getresponse()
        body = answer.read(1000)
    except (OSError, http.client.HTTPException) as fault:
        raise Fault(f"{role} does not answer on {place.bind} port {place.port}.") from fault
    finally:
        connection.close()
    if answer.status != http.HTTPStatus.OK or json.loads(body).get("role") != role:
        raise Fault(f"{role} cannot work: its log says why.")
    return f"{role} is well."
