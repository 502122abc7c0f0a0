"""A database, in a file and on a server, keys and a stopped clock for the facts about storage."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from storage import accounts, tips
from storage.database import Database
from storage.place import Place
from storage.sealing import CHEAPEST, CitizensKeys, ReceiptKey, StaffSecretKey

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

RECEIPT_KEY = ReceiptKey.make("0" * 16, salt=bytes(16), cost=CHEAPEST)


class Chance:
    """Randomness that is different every time, and the same in every run."""

    def __init__(self) -> None:
        self._drawn = 0

    def __call__(self, length: int) -> bytes:
        self._drawn += 1
        return hashlib.shake_256(self._drawn.to_bytes(8, "big")).digest(length)


def new_tip(**changes: Any) -> tips.NewTip:
    """A tip like many; `receipt` names its receipt's hash."""
    receipt = changes.pop("receipt", None)
    parts: dict[str, Any] = {
        "kind": "cheated",
        "dangers": (),
        "urgency": 1,
        "likeness": "warn",
        "pattern": "fake-loan",
        "language": "en",
        "country": "GB",
        "versions": {"catalogue": "1"},
        "sealed": b"sealed",
        "filed_at": NOW,
        "receipt_hash": receipt,
        "receipt_public": None if receipt is None else RECEIPT_KEY.public,
        "receipt_parameters": None if receipt is None else RECEIPT_KEY.parameters,
    }
    return tips.NewTip(**{**parts, **changes})


@pytest.fixture
def chance() -> Chance:
    return Chance()


@pytest.fixture
def citizens() -> CitizensKeys:
    return CitizensKeys(bytes(range(32)))


@pytest.fixture
def staff() -> StaffSecretKey:
    return StaffSecretKey(bytes(range(32, 64)))


@pytest.fixture
def database(place: Place) -> Iterator[Database]:
    with Database.open(place, busy_timeout_ms=2000) as opened:
        yield opened


@pytest.fixture
def filed(database: Database, chance: Chance) -> Callable[..., str]:
    """File a tip and return its id."""

    def file(**changes: Any) -> str:
        new = new_tip(**changes)
        return database.write_now(lambda t: tips.file(t, new, random=chance))

    return file


@pytest.fixture
def reviewer(database: Database) -> str:
    database.write_now(lambda t: accounts.create(t, "wei", accounts.Role.REVIEWER, now=NOW))
    return "wei"
