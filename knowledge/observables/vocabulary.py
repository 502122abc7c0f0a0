"""The names of rails, platforms, banks and currencies, read from a file that anyone may add to."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from knowledge.checked import Table, read_table
from knowledge.errors import Fault, KnowledgeError
from knowledge.observables.countries import CUSTOMS
from knowledge.observables.observable import ObservableType
from knowledge.text import normalise


class VocabularyError(KnowledgeError):
    """A vocabulary that cannot be loaded; none of it is."""


@dataclass(frozen=True, slots=True)
class Name:
    """What a rail, platform or bank is called; `ids` announce an account name there, `country` is a bank's."""

    type: ObservableType
    id: str
    words: tuple[str, ...]
    exact: tuple[str, ...]
    ids: tuple[str, ...] = ()
    country: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`currencies` maps each word to its code; the bare words name a currency only together with a country;
    nothing is read inside the `ignored`."""

    names: tuple[Name, ...]
    currencies: Mapping[str, str]
    bare_dollars: tuple[str, ...]
    bare_local: tuple[str, ...]
    ignored: tuple[str, ...]

    @property
    def bank_countries(self) -> Mapping[str, str]:
        """The country of each bank whose customers mostly live in one."""
        return {name.id: name.country for name in self.names if name.country}


def load_vocabulary(path: Path | Traversable) -> Vocabulary:
    """All of the file, or VocabularyError with every fault."""
    faults: list[Fault] = []
    table = read_table(path, faults)
    vocabulary = Vocabulary((), {}, (), (), ())
    if table is not None:
        taken: dict[str, str] = {}
        vocabulary = Vocabulary(
            names=tuple(
                _name(below, kind, taken)
                for kind in (ObservableType.RAIL, ObservableType.PLATFORM, _BANK)
                for below in table.tables(kind, most=1000)
            ),
            currencies=_currencies(table),
            bare_dollars=(bare := table.table("bare")).strings("dollars"),
            bare_local=bare.strings("local"),
            ignored=(ignored := table.table("ignored")).strings("words", least=0),
        )
        bare.refuse_the_rest()
        ignored.refuse_the_rest()
        table.refuse_the_rest()
    if faults:
        raise VocabularyError(faults)
    return vocabulary


@cache
def shipped_vocabulary() -> Vocabulary:
    """The one inside the installed package; read once."""
    return load_vocabulary(resources.files("knowledge") / "vocabulary.toml")


def _name(table: Table, kind: ObservableType, taken: dict[str, str]) -> Name:
    name = Name(
        type=kind,
        id=table.identifier("id"),
        words=table.strings("words", least=0),
        exact=table.strings("exact", least=0),
        ids=table.strings("ids", least=0) if kind is ObservableType.PLATFORM else (),
        country=table.text("country", empty=True) if kind is _BANK else "",
    )
    if not name.words and not name.exact:
        table.fault("words", "is missing; write what people call it: [ ... ]")
    if name.country and name.country not in CUSTOMS:
        table.fault("country", f'"{name.country}" is not among: {", ".join(CUSTOMS)}; or leave it empty: ""')
    for key, words in (("words", name.words), ("exact", name.exact)):
        for at, word in enumerate(words):
            spelling = normalise(word).text if key == "words" else word
            if len(spelling) < 2:
                table.fault(f"{key}[{at}]", f'"{word}" is too short to be told from other words; write two or more')
            # Two spellings of one name may fall together; two names may not.
            if taken.setdefault(spelling, name.id) != name.id:
                table.fault(f"{key}[{at}]", f'"{word}" already stands for "{taken[spelling]}"; keep one')
    table.refuse_the_rest()
    return name


def _currencies(table: Table) -> Mapping[str, str]:
    currencies: dict[str, str] = {}
    for below in table.tables("currency"):
        code = below.text("id", limit=4)
        if not re.fullmatch("[A-Z]{3,4}", code):
            below.fault("id", f'"{code}" is no currency; write its three or four capital letters')
        for at, word in enumerate(below.strings("words")):
            if word in currencies:
                below.fault(f"words[{at}]", f'"{word}" already stands for "{currencies[word]}"; keep one')
            currencies[word] = code
        below.refuse_the_rest()
    return currencies


_BANK = ObservableType.BANK
