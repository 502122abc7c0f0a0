"""Ordinary messages, against which everything is weighed: what resembles them most is no known scam.

Among them stands what victims of any scam say first ("I sent money to somebody"): a scam it is, but none that could be
named; and what people ask ("is this real?"). It teaches as the ordinary does, and nothing is measured on it.
"""

from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from knowledge.checked import read_table
from knowledge.errors import Fault, OrdinaryError
from knowledge.language import Language


@dataclass(frozen=True, slots=True)
class OrdinaryMessage:
    """A message that is no scam, and the group of its like it stands in."""

    group: str
    language: Language
    text: str

    @property
    def is_vague(self) -> bool:
        """Whether it is told of a scam, of no matter which, or asks and tells nothing."""
        return self.group in {VAGUE, ASKS}

    @property
    def asks(self) -> bool:
        """Whether it asks and tells nothing."""
        return self.group == ASKS


FILE = "ordinary.toml"
"""The file's name in the package."""
VAGUE = "any-scam"
"""The group of what is told of a scam in words that fit any."""
ASKS = "asks"
"""The group of what is asked before anything is told."""


def load_ordinary(path: Path | Traversable) -> tuple[OrdinaryMessage, ...]:
    """Every ordinary message of the file, or OrdinaryError with every fault."""
    faults: list[Fault] = []
    table = read_table(path, faults)
    messages: list[OrdinaryMessage] = []
    if table is not None:
        for group in table.keys():  # noqa: SIM118 - a Table is no dictionary
            lists = table.lists(group, least=3, most=1000, limit=2000)
            messages += [OrdinaryMessage(group, language, text) for language, texts in lists.items() for text in texts]
    if faults:
        raise OrdinaryError(faults)
    return tuple(messages)


def shipped_ordinary() -> tuple[OrdinaryMessage, ...]:
    """Those inside the installed package."""
    return load_ordinary(resources.files("knowledge") / FILE)
