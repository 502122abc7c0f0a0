"""What every page of the console needs beside the use cases: the time, and names for what tips point to."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.staff.lookup import Lookup, QuestionText
from knowledge.catalogue import Catalogue
from knowledge.language import Language


@dataclass(frozen=True)
class Room:
    """Handed to each group of pages."""

    catalogue: Catalogue
    clock: Callable[[], datetime]
    question_text: QuestionText

    def lookup(self, language: Language) -> Lookup:
        """Names in `language`, ages from now."""
        return Lookup(self.catalogue, language, self.clock(), self.question_text)
