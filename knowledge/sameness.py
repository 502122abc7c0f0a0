"""Whether two short texts of the knowledge speak of the same thing, so that nobody is asked what they have said."""

import re

from knowledge.language import Language, Texts

SAME = 0.4
"""From here on, over all shipped questions and red flags, nearly every pair is about one thing; below, few are."""


def sameness(one: Texts, other: Texts) -> float:
    """From 0 to 1: how much of the shorter text the other has too, in all three languages taken together.

    Three languages, because one alone says the same in other words too often: what agrees in all of them is no chance.
    """
    mine, theirs = _pieces(one), _pieces(other)
    return len(mine & theirs) / min(len(mine), len(theirs)) if mine and theirs else 0.0


def _pieces(texts: Texts) -> frozenset[str]:
    """The beginnings of English words, and pairs of Chinese characters."""
    found: set[str] = set()
    for language in Language:
        text = texts[language].lower()
        found.update(word[:_STEM] for word in _WORD.findall(text) if word not in _SAYS_NOTHING)
        for run in _HAN.findall(text):
            found.update(run[at : at + 2] for at in range(len(run) - 1))
    return frozenset(found)


_WORD = re.compile(r"[a-z]{3,}")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_STEM = 5  # "transfer" and "transferred", "order" and "orders" are one
_FILLERS = (
    "about after and any are ask asked been before did does for from had has have her him into money not one only or"
    " rather said same say she some someone something than that the their them then there they this was were what when"
    " which who with would you your"
)
_SAYS_NOTHING = frozenset(_FILLERS.split())
