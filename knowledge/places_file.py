"""The file of places and national words, checked as it is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from knowledge.checked import Table, read_table
from knowledge.errors import Fault, KnowledgeError
from knowledge.observables.countries import CUSTOMS


class PlacesError(KnowledgeError):
    """Places that cannot be loaded; none of them is."""


class Heard(StrEnum):
    """What it takes for a place's name to tell where the reporter is."""

    NAMED = "named"
    """That it is named, and not as where somebody else is or goes."""
    SAID = "said"
    """That the reporter says to be there."""
    LIVED = "lived"
    """That the reporter says to live there: somebody who only is there may be held, and needs help from home."""


@dataclass(frozen=True, slots=True)
class Country:
    """What tells that somebody is in this country; `dialect` is read as written, the rest in simplified script."""

    code: str
    places: tuple[str, ...]
    words: tuple[str, ...]
    dialect: tuple[str, ...]
    numbers: tuple[str, ...]
    rails: tuple[str, ...]
    platforms: tuple[str, ...]
    currencies: tuple[str, ...]
    heard: Heard = Heard.NAMED


def load_places(path: Path | Traversable) -> tuple[Country, ...]:
    """All countries of the file, or PlacesError with every fault."""
    faults: list[Fault] = []
    table = read_table(path, faults)
    countries: tuple[Country, ...] = ()
    if table is not None:
        taken: dict[str, str] = {}
        countries = tuple(_country(below, taken) for below in table.tables("country"))
        table.refuse_the_rest()
    if faults:
        raise PlacesError(faults)
    return countries


def shipped_places() -> tuple[Country, ...]:
    """Those inside the installed package."""
    return load_places(resources.files("knowledge") / "places.toml")


def _country(table: Table, taken: dict[str, str]) -> Country:
    lists: Mapping[str, tuple[str, ...]] = {
        key: table.strings(key, least=0, most=500, limit=60)
        for key in ("places", "words", "dialect", "numbers", "rails", "platforms", "currencies")
    }
    code = table.text("code", limit=2)
    if code not in CUSTOMS:
        table.fault("code", f'"{code}" is not among: {", ".join(CUSTOMS)}')
    for at, place in enumerate(lists["places"]):
        if taken.setdefault(place, code) != code:
            table.fault(f"places[{at}]", f'"{place}" already stands for {taken[place]}; keep one')
    heard = table.choice("heard", Heard) if table.has("heard") else Heard.NAMED
    table.refuse_the_rest()
    return Country(code, **lists, heard=heard)
