"""Which question tells most between the patterns still in play, and what the answers make of them.

Twenty questions, with people who err: each pattern in play has a probability, what is missing to one is the rest
(another scam, or nothing wrong at all), and a question is worth as much as its answer is expected to lessen the doubt.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import log2

from knowledge.catalogue import Catalogue
from knowledge.language import Texts
from knowledge.pattern import Question
from knowledge.sameness import SAME, sameness

Shares = Mapping[str, float]
"""The probability of each pattern in play; they add up to one at the most."""


class Reply(StrEnum):
    """What can be answered to a question."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question of a pattern's."""

    pattern: str
    question: Question

    @property
    def id(self) -> str:
        """Names the question among those of all patterns."""
        return f"{self.pattern}/{self.question.id}"

    def yes_chance(self, pattern: str | None) -> float:
        """How probable "yes" is where it is `pattern` that happened; None stands for the rest."""
        own = self.pattern == pattern
        if not own and pattern not in self.question.against:
            return _EVEN
        return _EXPECTED if own != self.question.yes_means_neighbour else 1 - _EXPECTED


Answers = Mapping[str, Reply]
"""The replies by `Doubt.id`."""

MOST_QUESTIONS = 3
CLEAR = 0.5
"""From here on a pattern is likelier than all else together, the rest included."""
_SURER_THAN_ANSWERS = 0.9
"""Of a pattern this likely an answer, of which one in ten is wrong, says nothing more."""
_WORTH_ASKING = 0.02
"""Of the doubt there is: a question expected to lessen it by less costs a frightened person more than it tells."""
_EXPECTED = 0.85
"""The chance of the answer that a pattern leads one to expect: one case in twenty goes otherwise than its pattern, and
one answer in ten is wrong. More would let a single slip of the thumb decide."""
_EVEN = 0.5
"""The chance of "yes" where nobody wrote down what to expect of a pattern: either answer leaves it as it was."""


def next_question(shares: Shares, catalogue: Catalogue, answers: Answers, told: Collection[Texts] = ()) -> Doubt | None:
    """The question to ask after `answers`, or None: it is clear, nothing is worth asking, or enough was asked.

    `shares` are those before any answer. What says the same as a question already asked, or as one of the red flags
    already `told` (their names), is not asked.
    """
    if len(answers) >= MOST_QUESTIONS or clear_pattern(shares, catalogue, answers) is not None:
        return None
    now = posterior(shares, catalogue, answers)
    if max(now.values(), default=0.0) >= _SURER_THAN_ANSWERS:
        return None
    known = [*told, *(doubt.question.text for doubt in _asked(catalogue, answers))]
    best, most = None, _WORTH_ASKING
    for doubt in _candidates(now, catalogue):
        value = gain(now, doubt)
        # What takes longest is looked at last: most candidates are no better than the best so far.
        if value > most and doubt.id not in answers and not _is_known(doubt, known):
            best, most = doubt, value
    return best


def clear_pattern(shares: Shares, catalogue: Catalogue, answers: Answers) -> str | None:
    """The pattern that the answers made clear, if any: likelier than all else together, and a "yes" spoke for it.

    Nothing is made clear before an answer, for whoever asks was in doubt; and nobody is warned for "no" alone, which
    is what most would say of what is honest.
    """
    now = posterior(shares, catalogue, answers)
    best = max(now, key=now.__getitem__, default=None)
    if best is None or now[best] < CLEAR or now[best] <= shares[best]:
        return None
    said_yes = (doubt for doubt in _asked(catalogue, answers) if answers[doubt.id] is Reply.YES)
    return best if any(doubt.yes_chance(best) > _EVEN for doubt in said_yes) else None


def posterior(shares: Shares, catalogue: Catalogue, answers: Answers) -> dict[str, float]:
    """The shares after the answers, in whatever order; one to a question that is no longer there counts for naught."""
    weights = dict(shares)
    rest = _rest(shares)
    for doubt in _asked(catalogue, answers):
        if answers[doubt.id] is Reply.UNSURE:
            continue  # teaches nothing
        is_yes = answers[doubt.id] is Reply.YES
        weights = {pattern: weight * _chance(doubt, pattern, is_yes=is_yes) for pattern, weight in weights.items()}
        rest *= _chance(doubt, None, is_yes=is_yes)
    total = sum(weights.values()) + rest
    return {pattern: weight / total for pattern, weight in weights.items()} if total > 0 else weights


def gain(shares: Shares, doubt: Doubt) -> float:
    """By how much the answer is expected to lessen the doubt: 0 for nothing, 1 for all of it."""
    hypotheses: list[tuple[str | None, float]] = [*shares.items(), (None, _rest(shares))]
    before = _entropy([share for _, share in hypotheses])
    if before <= 0:
        return 0.0
    after = 0.0
    for is_yes in (True, False):
        weights = [share * _chance(doubt, pattern, is_yes=is_yes) for pattern, share in hypotheses]
        total = sum(weights)
        if total > 0:
            after += total * _entropy([weight / total for weight in weights])
    return max(0.0, 1 - after / before)


def _candidates(shares: Shares, catalogue: Catalogue) -> Iterator[Doubt]:
    """Every question of the patterns in play, the likeliest pattern's first: of two worth the same, hers is asked."""
    for pattern in sorted(shares, key=lambda each: -shares[each]):
        if pattern in catalogue:
            yield from (Doubt(pattern, question) for question in catalogue[pattern].questions)


def _asked(catalogue: Catalogue, answers: Answers) -> Iterator[Doubt]:
    """Those that the catalogue still has."""
    return (doubt for name in answers if (doubt := find_doubt(catalogue, name)) is not None)


def find_doubt(catalogue: Catalogue, name: str) -> Doubt | None:
    """The question of that `Doubt.id`; None where the knowledge no longer has it."""
    pattern, _, question_id = name.partition("/")
    if pattern not in catalogue:
        return None
    found = (question for question in catalogue[pattern].questions if question.id == question_id)
    return next((Doubt(pattern, question) for question in found), None)


def _is_known(doubt: Doubt, known: Collection[Texts]) -> bool:
    return any(sameness(doubt.question.text, texts) >= SAME for texts in known)


def _chance(doubt: Doubt, pattern: str | None, *, is_yes: bool) -> float:
    yes = doubt.yes_chance(pattern)
    return yes if is_yes else 1 - yes


def _rest(shares: Shares) -> float:
    return max(0.0, 1 - sum(shares.values()))


def _entropy(shares: Collection[float]) -> float:
    return -sum(share * log2(share) for share in shares if share > 0)
