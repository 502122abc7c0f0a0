"""Where a signed-in browser is used, as a keyed hash: enough to notice that it is used elsewhere, not to say where.

A session is bound softly: who replays it from another network or kind of browser is asked for a second factor.
"""

import re
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from bot.settings import Binding
from storage.sealing import StaffSecretKey

_PREFIX = {4: 24, 6: 48}
"""Bits of an address that stay the same while somebody sits in one place."""
_DOOR_PREFIX = {4: 32, 6: 64}
"""Bits of an address that one machine cannot change at will."""

# The first that fits: Edge and Opera also say Chrome, Chrome also says Safari.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrom", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class Whence:
    """Where a request comes from: its network address, and what the browser says it is."""

    address: str
    agent: str = ""

    @property
    def family(self) -> str:
        """The kind of browser, such as "Firefox · Windows"; versions change too often. Empty for one unknown."""
        told = self.agent[:1000]
        found = [next((name for mark, name in names if mark in told), "") for names in (_BROWSERS, _SYSTEMS)]
        return " · ".join(part for part in found if part)

    def origin(self, key: StaffSecretKey, binding: Binding) -> bytes:
        """The keyed hash that a session is bound to."""
        if binding is Binding.NOTHING:
            return b""
        network = _network(self.address, _PREFIX) if binding is Binding.NETWORK else ""
        return key.vouch("browser's origin", network, self.family or _plain(self.agent))

    @property
    def door(self) -> str:
        """Whom tries are counted against: an IPv6 machine has as many addresses as it likes."""
        return _network(self.address, _DOOR_PREFIX)


def _network(address: str, prefixes: dict[int, int]) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((found, prefixes[found.version]), strict=False))


def _plain(agent: str) -> str:
    """What is none of the known, without its versions."""
    return re.sub(r"[\d.]+", "", agent[:200])
