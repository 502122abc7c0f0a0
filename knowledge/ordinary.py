"""Ordinary messages, against which everything is weighed: what resembles them most is no known scam."""

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
    return load_ordinary(resources.files("knowledge") / "ordinary.toml")
