"""Whether a sum is large, whatever its currency: by orders of magnitude, not by the day's rate."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from knowledge.observables import Money

LARGE = 10_000
"""In dollars, about: more than most households can lose."""

# So many of each are about a dollar (rounded from mid-2026; half or double changes nothing that matters).
_A_DOLLAR: Mapping[str, float] = MappingProxyType(
    {
        "USD": 1, "EUR": 1, "GBP": 0.8, "CHF": 0.8, "AUD": 1.5, "CAD": 1.4, "NZD": 1.7, "SGD": 1.3,
        "CNY": 7, "HKD": 8, "MOP": 8, "TWD": 31, "JPY": 150, "KRW": 1400, "INR": 87, "THB": 33,
        "MYR": 4.3, "PHP": 57, "IDR": 16_400, "VND": 26_000, "KHR": 4000, "MMK": 2100, "LAK": 21_600,
        "AED": 3.7, "SAR": 3.8, "BRL": 5.5, "MXN": 19, "ZAR": 18, "NGN": 1500, "TRY": 41, "RUB": 80,
        "USDT": 1, "USDC": 1, "BTC": 0.00001, "ETH": 0.0003, "TRX": 3.5,
    }
)  # fmt: skip


def is_large(sums: Iterable[Money]) -> bool:
    """Whether one of them is; one in an unknown currency is not."""
    return any(
        float(money.decimal) >= LARGE * _A_DOLLAR[money.currency] for money in sums if money.currency in _A_DOLLAR
    )
