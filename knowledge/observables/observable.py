"""What an observable is: a fact seen in a text, and where it stands there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class ObservableType(StrEnum):
    """The kinds of fact that are taken out of a text."""

    PHONE = "phone"
    LINK = "link"
    DOMAIN = "domain"
    EMAIL = "email"
    ACCOUNT = "account"
    IBAN = "iban"
    WALLET = "wallet"
    TRANSACTION = "transaction"
    HANDLE = "handle"
    AMOUNT = "amount"
    MOMENT = "moment"
    RAIL = "rail"
    PLATFORM = "platform"
    BANK = "bank"


def minor_digits(currency: str) -> int:
    """How many decimal places the currency's minor unit has: 2 for CNY, 0 for JPY, 8 for BTC."""
    return _MINOR_DIGITS.get(currency, 2)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in whole minor units; `currency` is ISO 4217, a coin's symbol, or "XXX" where nothing tells it."""

    minor: int
    currency: str

    @property
    def decimal(self) -> Decimal:
        """The amount in the currency's main unit."""
        return Decimal(self.minor).scaleb(-minor_digits(self.currency))

    def __str__(self) -> str:
        """ "48000 CNY", "0.5 BTC": no more decimals than were written."""
        written = f"{self.decimal:f}"
        return f"{written.rstrip('0').rstrip('.') if '.' in written else written} {self.currency}"


@dataclass(frozen=True, slots=True)
class Observable:
    """One fact. `text` is `start` to `end` of the text as written; `value` is its one spelling, for comparing.

    `checked` says that nothing about it was guessed: a checksum is right, a phone number is valid in its country, a
    currency was named, a date has but one reading. What is unchecked is kept all the same.
    `money` is there for amounts alone, `moment` (aware, UTC) for moments alone: where only a day, week, month or year
    is known it is the first instant of it, in the reporter's country, and `value` says no more than is known.
    """

    type: ObservableType
    value: str
    text: str
    start: int
    end: int
    checked: bool
    money: Money | None = None
    moment: datetime | None = None


_MINOR_DIGITS: Mapping[str, int] = {
    "JPY": 0,
    "KRW": 0,
    "VND": 0,
    "BTC": 8,
    "ETH": 8,  # 18 by its own count, which a database's integer does not hold
    "TRX": 6,
    "USDT": 6,
    "USDC": 6,
}
