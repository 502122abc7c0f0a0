"""Finds the names of rails, platforms and banks in a text."""

from collections.abc import Iterable, Iterator, Mapping

from knowledge.observables.finding import Find, Rank
from knowledge.observables.vocabulary import Name, Vocabulary
from knowledge.text import normalise

# A word without a name is one to pass over.
Index = Mapping[str, tuple[tuple[str, Name | None], ...]]


class NameFinder:
    """Words are looked up by their first two characters, so that the time does not grow with the vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        passed = [(normalise(word).text, None) for word in vocabulary.ignored]
        words = [(normalise(word).text, name) for name in vocabulary.names for word in name.words]
        self._words = _index([*passed, *words])
        self._exact = _index([(word, name) for name in vocabulary.names for word in name.exact])

    def in_normalised(self, text: str) -> Iterator[Find]:
        """Names that may be written in any case and script; `text` is the matcher's normalised text."""
        return _find(text, self._words)

    def as_written(self, text: str) -> Iterator[Find]:
        """Names that are everyday words unless written just so; `text` keeps its case."""
        return _find(text, self._exact)


def _index(words: Iterable[tuple[str, Name | None]]) -> Index:
    index: dict[str, list[tuple[str, Name | None]]] = {}
    for word, name in words:
        index.setdefault(word[:2], []).append((word, name))
    return {start: tuple(sorted(found, key=lambda pair: -len(pair[0]))) for start, found in index.items()}


def _find(text: str, index: Index) -> Iterator[Find]:
    passed = 0
    for at in range(len(text) - 1):
        if at < passed:
            continue
        for word, name in index.get(text[at : at + 2], ()):
            end = at + len(word)
            if text.startswith(word, at) and _stands_alone(text, at, end):
                if name is None:
                    passed = end
                    break
                yield Find(name.type, name.id, at, end, Rank.VOCABULARY, checked=True)
                break


def _stands_alone(text: str, start: int, end: int) -> bool:
    """A Latin word is no part of a longer one; Chinese has no such edges."""
    return not (
        (start and _is_latin(text[start]) and _is_latin(text[start - 1]))
        or (end < len(text) and _is_latin(text[end - 1]) and _is_latin(text[end]))
    )


def _is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()
