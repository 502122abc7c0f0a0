"""The real knowledge, built once: it costs seconds, and nothing in a test changes it."""

import pytest

from bot.conversation.book import Book
from bot.services.books import shipped_book
from knowledge.matching import Matcher
from knowledge.shipped import shipped_release


@pytest.fixture(scope="session")
def book() -> Book:
    return shipped_book()


@pytest.fixture(scope="session")
def matcher() -> Matcher:
    return shipped_release().matcher
