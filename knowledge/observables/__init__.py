"""Facts seen in a text: phones, links, accounts, wallets, handles, amounts, moments, names of rails and banks."""

from datetime import datetime

from knowledge.observables.extractor import Extractor, Look
from knowledge.observables.observable import Money, Observable, ObservableType, minor_digits
from knowledge.observables.vocabulary import Vocabulary, VocabularyError, load_vocabulary, shipped_vocabulary

__all__ = [
    "Extractor",
    "Look",
    "Money",
    "Observable",
    "ObservableType",
    "Vocabulary",
    "VocabularyError",
    "extract",
    "load_vocabulary",
    "minor_digits",
    "shipped_vocabulary",
]


def extract(
    text: str, *, country: str | None, now: datetime, extractor: Extractor | None = None
) -> tuple[Observable, ...]:
    """`Extractor.extract` in one call; without an `extractor` one is built each time."""
    return (extractor or Extractor.shipped()).extract(text, country=country, now=now)
