"""A checked reading of a TOML table: every fault is noted with its key and remedy, and reading goes on."""

import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

from knowledge.errors import Fault
from knowledge.language import HONG_KONG, Language, Texts

_Choice = TypeVar("_Choice", bound=StrEnum)
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_ID = 60


def is_identifier(value: str) -> bool:
    """Lower-case English words joined by hyphens."""
    return len(value) <= _LONGEST_ID and _ID.fullmatch(value) is not None


def not_an_identifier(value: str) -> str:
    """What to do about one that is none."""
    return f'"{value}" is no identifier; write lower-case English words joined by hyphens'


class Table:
    """One table of a file. Each reader returns a value of the right type even where a fault was noted.

    Whoever read a table calls `refuse_the_rest`, so that a misspelt key is a fault instead of a silence.
    """

    def __init__(self, values: Mapping[str, object], *, file: str, key: str = "", faults: list[Fault]) -> None:
        self._values = values
        self._file = file
        self._key = key
        self._faults = faults
        self._read: set[str] = set()

    def fault(self, key: str, remedy: str) -> None:
        """Notes that `key` of this table has to be mended."""
        self._faults.append(Fault(self._file, self._at(key), remedy))

    def refuse_the_rest(self) -> None:
        """Notes every key that nothing read."""
        for key in self._values.keys() - self._read:
            self.fault(key, f"is not known here; take it out, or did you mean one of: {', '.join(sorted(self._read))}?")

    def keys(self) -> tuple[str, ...]:
        return tuple(self._values)

    def has(self, key: str) -> bool:
        return key in self._values

    def text(self, key: str, *, limit: int = 1000, empty: bool = False) -> str:
        """A string of one to `limit` characters; absent or empty only where `empty` says so."""
        value = self._take(key, "" if empty else None)
        if not isinstance(value, str):
            self._wrong(key, value, "write a text in quotes")
            return ""
        self._fit(key, value, limit, empty=empty)
        return value.strip()

    def identifier(self, key: str) -> str:
        """Lower-case English words joined by hyphens."""
        value = self.text(key, limit=_LONGEST_ID)
        if value and not is_identifier(value):
            self.fault(key, not_an_identifier(value))
        return value

    def number(self, key: str) -> int:
        """A whole number of one or more."""
        value = self._take(key)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            self._wrong(key, value, "write a whole number from 1 up")
            return 1
        return value

    def truth(self, key: str) -> bool:
        """`true` or `false`."""
        value = self._take(key)
        if not isinstance(value, bool):
            self._wrong(key, value, "write true or false")
            return False
        return value

    def choice(self, key: str, choices: type[_Choice]) -> _Choice:
        """One of a closed set."""
        return self._choose(key, self.text(key), choices)

    def choices(self, key: str, choices: type[_Choice], *, least: int = 1) -> tuple[_Choice, ...]:
        """`least` or more of a closed set."""
        values = self.strings(key, least=least)
        return tuple(self._choose(f"{key}[{at}]", value, choices) for at, value in enumerate(values))

    def texts(self, key: str, *, limit: int = 1000) -> Texts:
        """A text in each language."""
        table = self.table(key)
        texts = table.all_languages(limit=limit)
        table.refuse_the_rest()
        return texts

    def all_languages(self, *, limit: int = 1000) -> Texts:
        """This table's own texts, one in each language, and Hong Kong's where it has one; other keys are left to
        their own readers."""
        texts: dict[str, str] = {language: self.text(language, limit=limit) for language in Language}
        if self.has(HONG_KONG):
            texts[HONG_KONG] = self.text(HONG_KONG, limit=limit)
        return texts

    def strings(self, key: str, *, least: int = 1, most: int = 100, limit: int = 1000) -> tuple[str, ...]:
        """A list of `least` to `most` different texts."""
        values = self._take(key, [] if least == 0 else None)
        if not isinstance(values, list):
            self._wrong(key, values, "write a list of texts: [ ... ]")
            return ()
        found: list[str] = []
        for at, value in enumerate(values):
            if not isinstance(value, str):
                self._wrong(f"{key}[{at}]", value, "write a text in quotes")
                continue
            self._fit(f"{key}[{at}]", value, limit)
            if value.strip() in found and value.strip():
                self.fault(f"{key}[{at}]", f'"{value.strip()}" stands in the list already; take it out')
            found.append(value.strip())
        self._count(key, len(found), least, most)
        return tuple(found)

    def lists(self, key: str, *, least: int, most: int, limit: int) -> Mapping[Language, tuple[str, ...]]:
        """A list of texts in each language."""
        table = self.table(key)
        lists = {language: table.strings(language, least=least, most=most, limit=limit) for language in Language}
        table.refuse_the_rest()
        return lists

    def table(self, key: str) -> "Table":
        """A table below this one; an empty one where it is missing, whose own gaps are then no further faults."""
        value = self._take(key)
        if not isinstance(value, dict):
            self._wrong(key, value, f"write a table: [{self._at(key)}]")
            return Table({}, file=self._file, key=self._at(key), faults=[])
        return self._below(key, value)

    def tables(self, key: str, *, least: int = 1, most: int = 100) -> tuple["Table", ...]:
        """A list of tables below this one."""
        values = self._take(key, [] if least == 0 else None)
        if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
            self._wrong(key, values, f"write tables: [[{self._at(key)}]]")
            return ()
        self._count(key, len(values), least, most)
        return tuple(self._below(f"{key}[{at}]", value) for at, value in enumerate(values))

    def _below(self, key: str, values: Mapping[str, object]) -> "Table":
        return Table(values, file=self._file, key=self._at(key), faults=self._faults)

    def _take(self, key: str, default: object = None) -> object:
        self._read.add(key)
        return self._values.get(key, default)

    def _choose(self, key: str, value: str, choices: type[_Choice]) -> _Choice:
        try:
            return choices(value)
        except ValueError:
            if value:
                self.fault(key, f'"{value}" is not among: {", ".join(choices)}')
            return next(iter(choices))

    def _wrong(self, key: str, value: object, remedy: str) -> None:
        self.fault(key, f"is missing; {remedy}" if value is None else f"is of the wrong kind; {remedy}")

    def _fit(self, key: str, value: str, limit: int, *, empty: bool = False) -> None:
        if not value.strip() and not empty:
            self.fault(key, "is empty; write the text")
        if len(value) > limit:
            self.fault(key, f"has {len(value)} characters; shorten it to {limit}")

    def _count(self, key: str, count: int, least: int, most: int) -> None:
        if not least <= count <= most:
            self.fault(key, f"has {count} entries; write {least} to {most}")

    def _at(self, key: str) -> str:
        return f"{self._key}.{key}" if self._key else key


def read_table(path: Path | Traversable, faults: list[Fault]) -> Table | None:
    """The whole file as a table; None, with a fault noted, where it is no readable TOML."""
    try:
        written = path.read_bytes()
    except OSError as error:
        faults.append(Fault(path.name, "", f"cannot be read: {error.strerror}; restore the file"))
        return None
    return read_written(written, path.name, faults)


def read_written(written: bytes, file: str, faults: list[Fault]) -> Table | None:
    """What such a file holds, wherever it lies."""
    try:
        return Table(tomllib.loads(written.decode("utf-8")), file=file, faults=faults)
    except UnicodeDecodeError as error:
        faults.append(Fault(file, "", f"is not UTF-8 at byte {error.start}; save it as UTF-8"))
    except tomllib.TOMLDecodeError as error:
        faults.append(Fault(file, "", f"is not valid TOML: {error}; mend that line"))
    return None
