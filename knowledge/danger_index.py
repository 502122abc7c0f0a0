"""Which of a thousand phrases may stand in a text, without asking each of them."""

from collections import defaultdict
from collections.abc import Iterable

from knowledge.danger_phrases import Phrase, fragments


class PhraseIndex:
    """Phrases by the fragments of what is rarest in them. Safe to share between threads."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        by_fragment: defaultdict[str, set[Phrase]] = defaultdict(set)
        for phrase in phrases:
            for fragment in phrase.needs[0]:
                by_fragment[fragment].add(phrase)
        self._by_fragment = {fragment: tuple(these) for fragment, these in by_fragment.items()}
        self._known = frozenset(self._by_fragment)

    def standing(self, folded: str) -> frozenset[Phrase]:
        """Those that may stand in `folded`; no other does."""
        among = fragments(folded)
        near = set[Phrase]()
        for fragment in self._known & among:
            near.update(self._by_fragment[fragment])
        return frozenset([phrase for phrase in near if phrase.may_stand(among)])
