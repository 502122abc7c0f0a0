"""Phrasings that speak for more than their own scam: another pattern has them, or they stand where they should not."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from knowledge.editing.texts import Hint, KnownText, Phrasing, quote
from knowledge.features import units
from knowledge.indexing import index_wordings
from knowledge.learned import ORDINARY
from knowledge.red_flags import RedFlagFinder
from knowledge.squeezing import squeeze
from knowledge.wordings import Wording


def shared_phrasings(own: Iterable[Phrasing], every: Iterable[Phrasing]) -> Iterator[Hint]:
    """Those that another red flag has too, in the same letters once normalised."""
    holders: dict[str, list[Phrasing]] = defaultdict(list)
    for phrasing in every:
        holders[squeeze(phrasing.normalised).letters].append(phrasing)
    for phrasing in own:
        for other in holders[squeeze(phrasing.normalised).letters]:
            if (other.pattern, other.red_flag) != (phrasing.pattern, phrasing.red_flag):
                whose = "its own" if other.pattern == phrasing.pattern else f"{other.pattern}'s"
                yield Hint(
                    phrasing.pattern,
                    phrasing.key,
                    f"{quote(phrasing.text)} is a phrasing of {whose} red flag {other.red_flag} too; "
                    "reword one of them, so that it speaks for one alone",
                )


def phrasings_elsewhere(own: Sequence[Phrasing], texts: Sequence[KnownText]) -> Iterator[Hint]:
    """Those seen in ordinary messages, in another pattern's tellings or scripts, or in so many that they say nothing.

    Seen as the matcher sees them, misspelt or in other words; in few other patterns, only to the letter is a collision.
    """
    said = [units(text.normalised.text) for text in texts]
    # Each phrasing passes for a red flag of its own, so that none hides behind another.
    wordings = [Wording(own_one.pattern, str(at), own_one.normalised) for at, own_one in enumerate(own)]
    finder = RedFlagFinder(index_wordings(wordings, said))
    patterns = {phrasing.pattern for phrasing in own}
    seen: dict[int, list[tuple[KnownText, bool]]] = defaultdict(list)
    for text, spoken in zip(texts, said, strict=True):
        for sighting in finder.find(text.normalised.text, spoken, patterns):
            seen[int(sighting.red_flag)].append((text, sighting.closeness == 1))
    for at, where in sorted(seen.items()):
        yield from _elsewhere(own[at], where)


_COMMON = 5  # other scams that have it: more than any scam has neighbours it is easily taken for


def _elsewhere(phrasing: Phrasing, where: Sequence[tuple[KnownText, bool]]) -> Iterator[Hint]:
    honest = [text for text, _ in where if text.pattern == ORDINARY]
    others = [(text, exact) for text, exact in where if text.pattern not in {ORDINARY, phrasing.pattern}]
    if honest and not phrasing.is_honest_alone:
        yield _hint(
            phrasing,
            f"stands in {_count(len(honest), 'ordinary message')} too, such as {quote(honest[0].text)}; reword it, or "
            "write honest_alone = true under this red flag",
        )
    own = sum(text.pattern == phrasing.pattern for text, _ in where)
    patterns = _in_order(text.pattern for text, _ in others)
    to_the_letter = [text for text, exact in others if exact]
    if len(patterns) >= _COMMON and len(others) > own:
        yield _hint(
            phrasing,
            f"is so common that it speaks for nothing: seen in {_count(len(others), 'text')} of {len(patterns)} other "
            f"patterns ({', '.join(patterns[:3])} …); add what only this scam says",
        )
    elif to_the_letter:
        first = to_the_letter[0]
        more = f" and {len(to_the_letter) - 1} more" if len(to_the_letter) > 1 else ""
        yield _hint(
            phrasing,
            f"stands word for word in {first.place}{more}, {quote(first.text)}; if that text is of this scam, move it "
            "here, else say what only this scam says",
        )


def _hint(phrasing: Phrasing, sentence: str) -> Hint:
    return Hint(phrasing.pattern, phrasing.key, f"{quote(phrasing.text)} {sentence}")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _in_order(names: Iterable[str]) -> Sequence[str]:
    """Each once, the most frequent first."""
    counted: dict[str, int] = defaultdict(int)
    for name in names:
        counted[name] += 1
    return sorted(counted, key=lambda name: -counted[name])
