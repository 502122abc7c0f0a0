"""What a turn is read with: one release of the knowledge, from the turn's beginning to its end."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.conversation.book import Book
from knowledge.matching import Matcher


@dataclass(frozen=True, slots=True)
class Known:
    """Patterns and matcher of one release, never of two. `versions` say which: they go into tip and session."""

    book: Book
    matcher: Matcher
    versions: Mapping[str, str]
