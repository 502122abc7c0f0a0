"""The real knowledge, built once: it costs seconds, and nothing in a test changes it."""

import pytest

from bot.conversation.book import Book
from bot.services.books import shipped_book
from knowledge.catalogue import shipped_catalogue
from knowledge.matching import Matcher


@pytest.fixture(scope="session")
def book() -> Book:
    return shipped_book()


@pytest.fixture(scope="session")
def matcher() -> Matcher:
    return Matcher.fit(shipped_catalogue())
