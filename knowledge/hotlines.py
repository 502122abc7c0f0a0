"""Whom to call, by country and situation, each with source and date."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from knowledge.checked import Table, read_table
from knowledge.errors import Fault, HotlinesError
from knowledge.language import Texts


class Situation(StrEnum):
    """What a person calls for."""

    POLICE = "police"
    ANTI_FRAUD = "anti-fraud"
    BANK_RECALL = "bank-recall"
    LIFE = "life"
    AMBULANCE = "ambulance"
    """Where it is another number than the police's."""
    CHILD = "child"
    TRAFFICKING = "trafficking"
    CONSULAR = "consular"
    REPORT_ONLINE = "report-online"


class Way(StrEnum):
    """How a hotline is reached; for the web, `number` is the address to type by hand."""

    CALL = "call"
    TEXT = "text"
    WEB = "web"


@dataclass(frozen=True, slots=True)
class Hotline:
    """One number. `from_abroad` is its full international form, empty where it cannot be dialled from abroad;
    `for_nationals_of` is a country, empty for anyone who is there; `notes` is None where there is nothing to add."""

    country: str
    number: str
    name: Texts
    situations: tuple[Situation, ...]
    hours: Texts
    from_abroad: str
    for_nationals_of: str
    freezes_money: bool
    takes_reports: bool
    warns_only: bool
    kind: Way
    source: str
    checked: date
    notes: Texts | None


@dataclass(frozen=True, slots=True)
class BankWords:
    """The exact words that make a bank or the police of a country stop a payment."""

    country: str
    ask: Texts
    source: str
    checked: date


@dataclass(frozen=True, slots=True)
class Hotlines:
    """All hotlines, in the order of their file: the first to call comes first."""

    every: tuple[Hotline, ...]
    bank_words: tuple[BankWords, ...] = ()

    def ask(self, country: str | None) -> Texts | None:
        """What to say in `country` to have a payment stopped; None for a country not listed."""
        return next((words.ask for words in self.bank_words if words.country == country), None)

    def find(self, country: str | None, situation: Situation) -> tuple[Hotline, ...]:
        """Whom to call in `country` (ISO 3166 alpha-2); nothing for a country not listed: no number beats a wrong one.

        Lines for another country's nationals are left out: see `for_nationals`.
        """
        return tuple(
            hotline
            for hotline in self.every
            if hotline.country == country
            and situation in hotline.situations
            and hotline.for_nationals_of in {"", country}
        )

    def for_nationals(self, nationality: str, situation: Situation) -> tuple[Hotline, ...]:
        """Lines a country keeps for its own nationals, wherever they are."""
        return tuple(
            hotline
            for hotline in self.every
            if hotline.for_nationals_of == nationality and situation in hotline.situations
        )

    def from_abroad(self, country: str, situation: Situation) -> tuple[Hotline, ...]:
        """Those of a country's own lines that can be dialled from abroad."""
        return tuple(hotline for hotline in self.find(country, situation) if hotline.from_abroad)


def load_hotlines(path: Path | Traversable) -> Hotlines:
    """Every hotline of the file, or HotlinesError with every fault."""
    faults: list[Fault] = []
    table = read_table(path, faults)
    every: tuple[Hotline, ...] = ()
    bank_words: tuple[BankWords, ...] = ()
    if table is not None:
        every = tuple(_hotline(below) for below in table.tables("hotline", most=1000))
        bank_words = tuple(_bank_words(below) for below in table.tables("bank_words", least=0))
        table.refuse_the_rest()
    if faults:
        raise HotlinesError(faults)
    return Hotlines(every, bank_words)


@cache
def shipped_hotlines() -> Hotlines:
    """Those inside the installed package, read once a process."""
    return load_hotlines(resources.files("knowledge") / "hotlines.toml")


_COUNTRY = re.compile(r"[A-Z]{2}")
_NUMBER = re.compile(r"[+#]?[0-9][0-9 -]{1,20}")
_FROM_ABROAD = re.compile(r"\+[0-9][0-9 -]{5,20}")
_WEB = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[\w./-]*)?")


def _hotline(table: Table) -> Hotline:
    hotline = Hotline(
        country=table.text("country"),
        number=table.text("number", limit=120),
        name=table.texts("name", limit=120),
        situations=table.choices("situations", Situation),
        hours=table.texts("hours", limit=120),
        from_abroad=table.text("from_abroad", empty=True),
        for_nationals_of=table.text("for_nationals_of", empty=True),
        freezes_money=table.truth("freezes_money"),
        takes_reports=table.truth("takes_reports"),
        warns_only=table.truth("warns_only"),
        kind=table.choice("kind", Way),
        source=table.text("source"),
        checked=_day(table),
        notes=table.texts("notes") if table.has("notes") else None,
    )
    table.refuse_the_rest()
    _check_forms(table, hotline)
    return hotline


def _bank_words(table: Table) -> BankWords:
    words = BankWords(
        country=table.text("country"),
        ask=table.texts("ask"),
        source=table.text("source"),
        checked=_day(table),
    )
    table.refuse_the_rest()
    return words


def _day(table: Table) -> date:
    written = table.text("checked")
    try:
        return date.fromisoformat(written)
    except ValueError:
        if written:
            table.fault("checked", f'"{written}" is no day; write it like "2026-11-23"')
        return date.min


def _check_forms(table: Table, hotline: Hotline) -> None:
    for key, value in (("country", hotline.country), ("for_nationals_of", hotline.for_nationals_of)):
        if value and not _COUNTRY.fullmatch(value):
            table.fault(key, f'"{value}" is no country; write two capital letters, like "SG"')
    form = _WEB if hotline.kind is Way.WEB else _NUMBER
    if hotline.number and not form.fullmatch(hotline.number):
        table.fault("number", f'"{hotline.number}" cannot be dialled or typed; write the bare number or address')
    if hotline.from_abroad and not _FROM_ABROAD.fullmatch(hotline.from_abroad):
        table.fault(
            "from_abroad", f'"{hotline.from_abroad}" is not international; begin with + and the country\'s code'
        )
    if hotline.warns_only and (hotline.freezes_money or hotline.takes_reports):
        table.fault("warns_only", "cannot be true where money is frozen or reports are taken; correct one of them")
