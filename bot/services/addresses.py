"""Where a request came from, as limits count it."""

from ipaddress import IPv6Address, IPv6Network, ip_address

_OF_ONE_PERSON = 64
"""Bits of an IPv6 address that name a household's network; the rest its owner chooses freely."""


def network_of(source: str) -> str:
    """An IPv4 address as it is, an IPv6 address as its /64; anything else unchanged."""
    try:
        address = ip_address(source)
    except ValueError:
        return source
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return str(IPv6Network((address, _OF_ONE_PERSON), strict=False))
    return str(address if not isinstance(address, IPv6Address) else address.ipv4_mapped)
