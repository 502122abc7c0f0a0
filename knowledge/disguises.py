"""How words are disguised, as tables: look-alike characters, letters, digits, and words written otherwise."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from knowledge.checked import Table, read_table
from knowledge.errors import Fault, TextTablesError


@dataclass(frozen=True, slots=True)
class Disguises:
    """Each table maps what is written to what is meant."""

    characters: Mapping[str, str]
    letters: Mapping[str, str]
    digits: Mapping[str, str]
    words: Mapping[str, str]


def load_disguises(path: Path | Traversable) -> Disguises:
    """The tables of the file, or TextTablesError with every fault."""
    faults: list[Fault] = []
    table = read_table(path, faults)
    disguises = Disguises({}, {}, {}, {})
    if table is not None:
        disguises = Disguises(
            characters=_single(table.table("characters")),
            letters=_single(table.table("letters")),
            digits=_single(table.table("digits")),
            words=_words(table),
        )
        table.refuse_the_rest()
    if faults:
        raise TextTablesError(faults)
    return disguises


def shipped_disguises() -> Disguises:
    """Those inside the installed package."""
    return load_disguises(resources.files("knowledge") / "lookalikes.toml")


def word_pattern(written: str, meant: str) -> str:
    """A regular expression for a written form: at a Latin edge no further letter or digit may follow or precede.

    Where the form is cut short and its last character follows after all (加薇|信), that is taken along.
    """
    return re.escape(written[0]) + after_the_first(written, meant)


def after_the_first(written: str, meant: str) -> str:
    """What `word_pattern` looks for once the form's first character is found."""
    before = "(?<![a-z0-9].)" if re.match("[a-z0-9]", written) else ""
    after = "(?![a-z0-9])" if re.search("[a-z0-9]$", written) else ""
    rest = "" if written.endswith(meant[-1]) else f"(?:{re.escape(meant[-1])})?"
    return f"{before}{re.escape(written[1:])}{after}{rest}"


def _single(table: Table) -> Mapping[str, str]:
    return {written: meant for meant in sorted(table.keys()) for written in table.text(meant)}


def _words(table: Table) -> Mapping[str, str]:
    words: dict[str, str] = {}
    for below in table.tables("swaps", most=1000):
        meant = below.text("meant", limit=20)
        for at, written in enumerate(below.strings("written", limit=20)):
            if written in words:
                below.fault(f"written[{at}]", f'"{written}" already stands for "{words[written]}"; keep one')
            words[written] = meant
        below.refuse_the_rest()
    _refuse_circles(table, words)
    return words


def _refuse_circles(table: Table, words: Mapping[str, str]) -> None:
    """What is meant must hold no written form, or undoing a disguise once would not be the end of it."""
    for meant in sorted(set(words.values())):
        for written in words:
            if re.search(word_pattern(written, words[written]), meant):
                table.fault("swaps", f'"{meant}" contains "{written}", which is itself a disguise; take one out')
