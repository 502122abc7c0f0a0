"""What stands behind a button: at most 64 bytes that tell nothing, good in one chat, for one tip as it stood."""

import hashlib
from dataclasses import dataclass
from enum import IntEnum

from bot.services.opaque import Opaque
from storage.chance import CROCKFORD, crockford
from storage.desk_cards import standing
from storage.tips import Tip

_TAG = 8
_STAMP = 4
_TIP = 5
_LENGTH = 2 + _TIP + _STAMP
_NO_TIP = bytes(_TIP)


class Do(IntEnum):
    """What a button asks for. A number once given keeps its meaning: buttons outlive releases."""

    CLAIM = 1
    RELEASE = 2
    HOLD = 3
    DECIDE = 5
    MERGE = 6
    ASK = 7
    SHOW = 8
    VERDICT = 20
    PATTERN = 21
    OTHER = 22
    NO_PATTERN = 23
    CANCEL = 24
    LANGUAGE = 40


OF_A_TIP = frozenset({Do.CLAIM, Do.RELEASE, Do.HOLD, Do.DECIDE, Do.MERGE, Do.ASK})
"""Good while the tip stands as it did."""
OF_A_DRAFT = frozenset({Do.VERDICT, Do.PATTERN, Do.OTHER, Do.NO_PATTERN, Do.CANCEL})
"""Good for whoever began the draft, while it is the one they are at."""


@dataclass(frozen=True, slots=True)
class Button:
    """`stamp`: how the tip stood, or which draft it is of; `which`: of several verdicts, patterns or languages."""

    do: Do
    tip: str = ""
    stamp: bytes = bytes(_STAMP)
    which: int = 0


class Callbacks:
    """Whoever makes one up, or brings one from another chat, is known by the tag."""

    def __init__(self, key: bytes) -> None:
        self._opaque = Opaque(key, tag=_TAG)

    def write(self, chat: int, button: Button) -> str:
        return self._opaque.write(chat, bytes((button.do, button.which)) + _packed(button.tip) + button.stamp)

    def read(self, chat: int, written: str) -> Button | None:
        """None for what was not written here for this chat."""
        plain = self._opaque.read(chat, written)
        if plain is None or len(plain) != _LENGTH:
            return None
        try:
            do = Do(plain[0])
        except ValueError:
            return None
        return Button(do, _unpacked(plain[2 : 2 + _TIP]), plain[2 + _TIP :], plain[1])


def stamp_of(tip: Tip) -> bytes:
    """How the tip stands, as a button remembers it."""
    return hashlib.sha256(standing(tip).encode()).digest()[:_STAMP]


def _packed(tip: str) -> bytes:
    """A tip's reference in five bytes."""
    if not tip:
        return _NO_TIP
    number = 0
    for sign in tip.replace("-", ""):
        number = number << 5 | CROCKFORD.index(sign)
    return number.to_bytes(_TIP, "big")


def _unpacked(packed: bytes) -> str:
    if packed == _NO_TIP:
        return ""
    code = crockford(int.from_bytes(packed, "big"), 8)
    return f"{code[:4]}-{code[4:]}"
