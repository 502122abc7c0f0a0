"""Web addresses that are ours to give: those of the police and other official places in the hotlines."""

from knowledge.hotlines import Hotlines, Way


def official_hosts(hotlines: Hotlines) -> frozenset[str]:
    """Host names, as typed and without "www."."""
    hosts = {line.number.partition("/")[0].lower() for line in hotlines.every if line.kind is Way.WEB}
    return frozenset(hosts | {host.removeprefix("www.") for host in hosts})
