"""What can be wrong with the knowledge itself: faults in its files, each naming file, key and remedy."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing to mend: in which file, at which key, and how."""

    file: str
    key: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.remedy}" if self.key else f"{self.file}: {self.remedy}"


class KnowledgeError(Exception):
    """Root of this package's errors; `faults` are all that were found, not only the first."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class CatalogueError(KnowledgeError):
    """Pattern files that cannot be loaded; none of them is."""


class HotlinesError(KnowledgeError):
    """Hotlines that cannot be loaded; none of them is."""


class TaxonomiesError(KnowledgeError):
    """Taxonomies that cannot be loaded; none of them is."""


class TextTablesError(KnowledgeError):
    """The tables of look-alikes and swaps cannot be loaded."""


class OrdinaryError(KnowledgeError):
    """The ordinary messages cannot be loaded; none of them is."""


class ReleaseError(Exception):
    """A release of the knowledge that cannot be loaded; its words are a sentence for staff."""
