"""Words run together taken apart again: what "p a y y o u r f e e s" leaves once its gaps are closed."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping

LONG_WORD = 19
"""Letters from which on a word is taken for several run together."""


class WordSplitter:
    """Knows how common words are, and takes a run of letters apart into the likeliest of them."""

    def __init__(self, costs: Mapping[str, float]) -> None:
        """`costs`: the rarer a word, the dearer."""
        self.costs = costs

    @classmethod
    def learn(cls, texts: Iterable[str]) -> "WordSplitter":
        """`texts` are normalised ones that show which words there are and how often they are said."""
        counts = Counter(
            word
            for text in texts
            for word in _WORD.findall(text)
            if len(word) <= _LONGEST and (len(word) > 1 or word in "ai")
        )
        total = sum(counts.values())
        return cls({word: math.log(total / count) for word, count in counts.items()})

    def split(self, word: str) -> tuple[tuple[int, int], ...]:
        """Where the words of a run of letters stand in it; a word of usual length stays whole."""
        if len(word) < LONG_WORD or not self.costs:
            return ((0, len(word)),)
        # The cheapest way to each place, from the left; a letter of no known word costs more than the rarest word.
        costs = [0.0]
        begins = [0]
        for end in range(1, len(word) + 1):
            best, begin = costs[end - 1] + _UNKNOWN_LETTER, end - 1
            for start in range(max(0, end - _LONGEST), end):
                cost = self.costs.get(word[start:end])
                if cost is not None and costs[start] + cost < best:
                    best, begin = costs[start] + cost, start
            costs.append(best)
            begins.append(begin)
        found: list[tuple[int, int]] = []
        end = len(word)
        while end > 0:
            found.append((begins[end], end))
            end = begins[end]
        return tuple(reversed(found))


_WORD = re.compile(r"[a-z]+")
_LONGEST = 18
_UNKNOWN_LETTER = 12.0
