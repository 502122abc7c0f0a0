"""What a country settles for the reading of a text: its clock, its money, and how it writes a short date."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Customs:
    """`zone` is an IANA name; `dollar` is what a bare "$" means; `day_first` is whether 3/4 is the third of April.

    Where a country has several zones it is the one most people live in: a time told is at most some hours off.
    """

    zone: str
    currency: str
    dollar: str
    day_first: bool = False


CUSTOMS: Mapping[str, Customs] = {
    "CN": Customs("Asia/Shanghai", "CNY", "USD"),
    "TW": Customs("Asia/Taipei", "TWD", "TWD"),
    "HK": Customs("Asia/Hong_Kong", "HKD", "HKD", day_first=True),
    "MO": Customs("Asia/Macau", "MOP", "MOP", day_first=True),
    "SG": Customs("Asia/Singapore", "SGD", "SGD", day_first=True),
    "MY": Customs("Asia/Kuala_Lumpur", "MYR", "USD", day_first=True),
    "GB": Customs("Europe/London", "GBP", "USD", day_first=True),
    "US": Customs("America/New_York", "USD", "USD"),
    "CA": Customs("America/Toronto", "CAD", "CAD"),
    "AU": Customs("Australia/Sydney", "AUD", "AUD", day_first=True),
}
"""The ten countries, in the order in which a number that fits several is tried."""


def zone_of(country: str | None) -> tzinfo:
    """The country's clock; UTC where the country is unknown."""
    customs = CUSTOMS.get(country or "")
    return ZoneInfo(customs.zone) if customs else UTC
