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
    "TH": Customs("Asia/Bangkok", "THB", "USD", day_first=True),
    "VN": Customs("Asia/Ho_Chi_Minh", "VND", "USD", day_first=True),
    "PH": Customs("Asia/Manila", "PHP", "USD"),
    "ID": Customs("Asia/Jakarta", "IDR", "USD", day_first=True),
    "KH": Customs("Asia/Phnom_Penh", "KHR", "USD", day_first=True),
    "MM": Customs("Asia/Yangon", "MMK", "USD", day_first=True),
    "LA": Customs("Asia/Vientiane", "LAK", "USD", day_first=True),
    "JP": Customs("Asia/Tokyo", "JPY", "USD"),
    "KR": Customs("Asia/Seoul", "KRW", "USD"),
    "IN": Customs("Asia/Kolkata", "INR", "USD", day_first=True),
    "AE": Customs("Asia/Dubai", "AED", "USD", day_first=True),
    "TR": Customs("Europe/Istanbul", "TRY", "USD", day_first=True),
    "IE": Customs("Europe/Dublin", "EUR", "USD", day_first=True),
    "DE": Customs("Europe/Berlin", "EUR", "USD", day_first=True),
    "FR": Customs("Europe/Paris", "EUR", "USD", day_first=True),
    "IT": Customs("Europe/Rome", "EUR", "USD", day_first=True),
    "ES": Customs("Europe/Madrid", "EUR", "USD", day_first=True),
    "PT": Customs("Europe/Lisbon", "EUR", "USD", day_first=True),
    "NL": Customs("Europe/Amsterdam", "EUR", "USD", day_first=True),
    "CH": Customs("Europe/Zurich", "CHF", "USD", day_first=True),
    "NZ": Customs("Pacific/Auckland", "NZD", "NZD", day_first=True),
    "ZA": Customs("Africa/Johannesburg", "ZAR", "USD", day_first=True),
    "NG": Customs("Africa/Lagos", "NGN", "USD", day_first=True),
    "BR": Customs("America/Sao_Paulo", "BRL", "USD", day_first=True),
    "MX": Customs("America/Mexico_City", "MXN", "MXN", day_first=True),
}
"""Every country that is served."""

TRIED = ("CN", "TW", "HK", "MO", "SG", "MY", "GB", "US", "CA", "AU")
"""Those whose plan of numbers a phone without a country's code is tried in, in this order. With all of them, most
numbers would fit several; and a number of the others is more often the swindler's than the reporter's."""


def zone_of(country: str | None) -> tzinfo:
    """The country's clock; UTC where the country is unknown."""
    customs = CUSTOMS.get(country or "")
    return ZoneInfo(customs.zone) if customs else UTC
