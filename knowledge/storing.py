"""Patterns as JSON and back: checked once when they are read from their files, and taken at their word after that."""

from collections.abc import Iterable

from pydantic import TypeAdapter, ValidationError

from knowledge.catalogue import Catalogue
from knowledge.errors import CatalogueError, Fault
from knowledge.pattern import Pattern


def dump_patterns(patterns: Iterable[Pattern]) -> bytes:
    """Every pattern whole, as one JSON list."""
    return _adapter().dump_json(tuple(patterns))


def load_patterns(stored: bytes) -> Catalogue:
    """The patterns of `dump_patterns`; CatalogueError where they are none."""
    try:
        return Catalogue({pattern.id: pattern for pattern in _adapter().validate_json(stored)})
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"])
        remedy = "are not in the form this version stores; learn them anew with fanzha patterns learn"
        raise CatalogueError([Fault("stored patterns", place, remedy)]) from None


def _adapter() -> TypeAdapter[tuple[Pattern, ...]]:
    return TypeAdapter(tuple[Pattern, ...])
