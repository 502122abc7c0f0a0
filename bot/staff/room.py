"""What every page of the console needs beside the use cases: the time, and names for what tips point to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.locales import Catalogues
from bot.staff.lookup import Lookup
from knowledge.catalogue import Catalogue
from knowledge.language import Language


@dataclass(frozen=True)
class Room:
    """Handed to each group of pages."""

    catalogue: Callable[[], Catalogue]
    """The patterns known now: each page asks once."""
    clock: Callable[[], datetime]
    sentences: Catalogues
    """What the conversation says, for its questions and buttons."""

    def lookup(self, language: Language) -> Lookup:
        """Names in `language`, ages from now."""
        return Lookup(self.catalogue(), self.sentences, language, self.clock())
