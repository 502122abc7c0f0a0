"""What goes out to staff in Telegram, as the outbox keeps it: mostly what to say, put into words when it is sent."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeAlias

from storage import outbox
from storage.database import Transaction
from storage.desk_key import DeskKey

CHANNEL = "desk"


class Topic(StrEnum):
    """What a topic of the group is for."""

    PEOPLE = "people"
    MONEY = "money"
    DAY = "day"
    """The digest, and deadlines."""


class Deadline(StrEnum):
    """What is about to be missed."""

    HOLD = "hold"
    FIRST_LOOK = "first-look"
    RECALL = "recall"
    DECISION = "decision"
    MISSED = "missed"
    """Missed already, by the last full hour."""


@dataclass(frozen=True, slots=True)
class Card:
    """A tip's card, new or changed in place: the card that was dealt says which."""

    card: str
    topic: str = ""
    thread: int | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """`tips`: the most urgent of `count` that are about to miss it."""

    deadline: str
    tips: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class DigestLetter:
    """How the day stands when it is sent. Asked for by somebody, it goes into their `thread`."""

    topic: str = ""
    thread: int | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """In words already. `rows`: label and data of each button; `edits`: the message it takes the place of; `asks`: the
    next message of `asks` is the answer; `unbound`: said also where nobody is bound."""

    text: str
    rows: tuple[tuple[tuple[str, str], ...], ...] = ()
    thread: int | None = None
    edits: int | None = None
    asks: bool = False
    unbound: bool = False


@dataclass(frozen=True, slots=True)
class Deletes:
    """Messages to be taken away, as far as the Bot API lets us."""

    messages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Menu:
    """The commands of the chat, in a language; none takes them away."""

    language: str = ""
    is_group: bool = False


Letter: TypeAlias = Card | Due | DigestLetter | Words | Deletes | Menu

_KINDS: dict[str, type[Letter]] = {
    "card": Card,
    "due": Due,
    "digest": DigestLetter,
    "words": Words,
    "deletes": Deletes,
    "menu": Menu,
}
_RENAMED = {"lane": "topic"}
"""What waits may have been written by an older release."""
_NAMES = {kind: name for name, kind in _KINDS.items()}


def dump(letter: Letter) -> bytes:
    return json.dumps([_NAMES[type(letter)], asdict(letter)]).encode()


def load(body: bytes) -> Letter:
    name, kept = json.loads(body)
    return _KINDS[name](**{_RENAMED.get(field, field): _tuples(value) for field, value in kept.items()})


def put(t: Transaction, key: DeskKey, chat: int, letter: Letter, *, now: datetime) -> None:
    """To be sent to the chat after what waits for it already."""
    outbox.put(
        t,
        key,
        conversation=chat_name(key, chat),
        channel=CHANNEL,
        address=str(chat),
        body=dump(letter),
        now=now,
    )


def chat_name(key: DeskKey, chat: int) -> bytes:
    """By what the chat is known in the database; a person and the chat with them alone have one number."""
    return key.pseudonym("chat", str(chat))


def _tuples(value: Any) -> Any:
    return tuple(_tuples(one) for one in value) if isinstance(value, list) else value
