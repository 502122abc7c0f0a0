"""The national code lists that patterns point to."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from knowledge.checked import Table, read_table
from knowledge.errors import Fault, TaxonomiesError
from knowledge.pattern import System


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """One publisher's classes of fraud, in its own words and of one year or several."""

    system: System
    publisher: str
    title: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Taxonomies:
    """The code lists held here; systems without one are in their publishers' words, unchecked."""

    by_system: Mapping[System, Taxonomy]

    def is_listed(self, system: System) -> bool:
        return system in self.by_system

    def has(self, system: System, code: str) -> bool:
        return self.is_listed(system) and code in self.by_system[system].codes


def load_taxonomies(path: Path | Traversable) -> Taxonomies:
    """All code lists of the file, or TaxonomiesError with every fault."""
    faults: list[Fault] = []
    table = read_table(path, faults)
    found = {} if table is None else {system: _taxonomy(table, system) for system in System if table.has(system)}
    if table is not None:
        table.refuse_the_rest()
    if faults:
        raise TaxonomiesError(faults)
    return Taxonomies(found)


def shipped_taxonomies() -> Taxonomies:
    """Those inside the installed package."""
    return load_taxonomies(resources.files("knowledge") / "taxonomies.toml")


def _taxonomy(table: Table, system: System) -> Taxonomy:
    below = table.table(system)
    taxonomy = Taxonomy(system, below.text("publisher"), below.text("title"), below.strings("codes", most=500))
    below.refuse_the_rest()
    return taxonomy
