"""What questions are worth: how often the right pattern comes first after none, one, two and three of them.

    python benchmarks/asking.py

Each pattern's tellings are matched by a matcher that was learned without them (a third at a time). Of those it finds
"similar", which is when people are asked, it simulates a person who answers as their scam would have it and errs once
in ten. What nobody wrote down of their scam they answer with yes as a coin falls, or seldom (three times in ten), or
never, or they are not sure. Asked are: the question that tells most; the best pattern's questions as its file has
them; any question of a pattern in play. All three learn alike from the answers, and none asks on once it is clear.
"named" is how often it became so, and "rightly" how many of those were named right.
"""

import argparse
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from knowledge.asking import MOST_QUESTIONS, Answers, Doubt, Reply, Shares, clear_pattern, next_question, posterior
from knowledge.catalogue import Catalogue, shipped_catalogue
from knowledge.language import Texts
from knowledge.learning import learn_patterns
from knowledge.matching import Likeness, Match, Matcher
from knowledge.ordinary import load_ordinary
from knowledge.shipped import PACKAGE
from knowledge.text import shipped_normaliser

_PARTS = 3
_ERRS = 0.1
_TIMES = 20
"""How often each telling is gone through: answers are drawn, and one draw says little."""


@dataclass(frozen=True, slots=True)
class Case:
    """A telling's true pattern, and what a matcher that never saw it says."""

    truth: str
    likeness: Likeness
    matches: tuple[Match, ...]

    @property
    def shares(self) -> Shares:
        return {match.pattern: match.score for match in self.matches}


Ask = Callable[[Case, Answers], Doubt | None]


def held_out(catalogue: Catalogue) -> Iterator[Case]:
    """Every telling, matched by what was learned from the other two thirds and from all else the patterns say."""
    ordinary, normaliser = load_ordinary(PACKAGE / "ordinary.toml"), shipped_normaliser()
    for part in range(_PARTS):
        kept = [
            replace(
                pattern,
                tellings={
                    language: tuple(text for at, text in enumerate(texts) if at % _PARTS != part)
                    for language, texts in pattern.tellings.items()
                },
            )
            for pattern in catalogue
        ]
        matcher = Matcher(learn_patterns(kept, ordinary, normaliser).learned, catalogue.by_id, normaliser)
        for pattern in catalogue:
            for texts in pattern.tellings.values():
                for text in texts[part::_PARTS]:
                    matching = matcher.match(text)
                    yield Case(pattern.id, matching.likeness, matching.matches)


def ways_of_asking(catalogue: Catalogue, chance: random.Random) -> dict[str, Ask]:
    """The three that are compared."""

    def most_telling(case: Case, answers: Answers) -> Doubt | None:
        return next_question(case.shares, catalogue, answers, told(catalogue, case))

    def in_file_order(case: Case, answers: Answers) -> Doubt | None:
        shares = posterior(case.shares, catalogue, answers)
        best = max(shares, key=shares.__getitem__)
        return next((doubt for doubt in _open(catalogue, [best], answers)), None)

    def any_question(case: Case, answers: Answers) -> Doubt | None:
        left = list(_open(catalogue, list(case.shares), answers))
        return chance.choice(left) if left else None

    return {"tells most": most_telling, "file order": in_file_order, "any question": any_question}


def _open(catalogue: Catalogue, patterns: list[str], answers: Answers) -> Iterator[Doubt]:
    for pattern in patterns:
        every = (Doubt(pattern, question) for question in catalogue[pattern].questions)
        yield from (doubt for doubt in every if doubt.id not in answers)


def told(catalogue: Catalogue, case: Case) -> list[Texts]:
    """The names of the red flags already worded."""
    return [
        catalogue[match.pattern].red_flag(evidence.red_flag).name
        for match in case.matches
        for evidence in match.evidence
        if evidence.red_flag
    ]


_ELSEWHERE = {"a coin's": 0.5, "seldom yes": 0.3, "no": 0.0}
_NOT_SURE = "not sure"


def answer(truth: str, doubt: Doubt, elsewhere: str, chance: random.Random) -> Reply:
    """As the scam would have it, but for one answer in ten."""
    if truth == doubt.pattern or truth in doubt.question.against:
        is_yes = (truth == doubt.pattern) != doubt.question.yes_means_neighbour
    elif elsewhere == _NOT_SURE:
        return Reply.UNSURE
    else:
        is_yes = chance.random() < _ELSEWHERE[elsewhere]
    if chance.random() < _ERRS:
        is_yes = not is_yes
    return Reply.YES if is_yes else Reply.NO


@dataclass(frozen=True, slots=True)
class Outcome:
    """Shares of all cases: whose pattern is first after 0, 1, 2, 3 questions, and who is named; questions a case."""

    right: tuple[float, ...]
    asked: float
    named: float
    named_rightly: float


def ask_all(cases: list[Case], catalogue: Catalogue, way: str, elsewhere: str) -> Outcome:
    """Every case, some times over."""
    chance = random.Random(7)  # noqa: S311 - no secret hangs on it
    ask = ways_of_asking(catalogue, chance)[way]
    right, asked, named, rightly = [0] * (MOST_QUESTIONS + 1), 0, 0, 0
    for case in cases * _TIMES:
        answers: dict[str, Reply] = {}
        for count in range(MOST_QUESTIONS + 1):
            shares = posterior(case.shares, catalogue, answers)
            right[count] += max(shares, key=shares.__getitem__) == case.truth
            goes_on = len(answers) == count < MOST_QUESTIONS
            if goes_on and clear_pattern(case.shares, catalogue, answers) is None:
                doubt = ask(case, answers)
                if doubt is not None:
                    answers[doubt.id] = answer(case.truth, doubt, elsewhere, chance)
                    asked += 1
        clear = clear_pattern(case.shares, catalogue, answers)
        named += clear is not None
        rightly += clear == case.truth
    every = len(cases) * _TIMES
    return Outcome(tuple(count / every for count in right), asked / every, named / every, rightly / max(1, named))


def main() -> None:
    argparse.ArgumentParser(description=__doc__.split("\n")[0]).parse_args()
    catalogue = shipped_catalogue()
    began = time.perf_counter()
    cases = list(held_out(catalogue))
    similar = [case for case in cases if case.likeness is Likeness.SIMILAR]
    among = sum(case.truth in case.shares for case in similar) / len(similar)
    print(
        f"{len(cases)} tellings, {len(similar)} of them similar; {among:.3f} of these have theirs among the five best"
    )
    print(f"({time.perf_counter() - began:.0f} s to learn without them)\n")
    heads = ("none", "one", "two", "three", "asked", "named", "rightly")
    print(f"{'elsewhere the answer is':25}{'asked is':14}" + "".join(f"{head:>8}" for head in heads))
    for elsewhere in (*_ELSEWHERE, _NOT_SURE):
        for way in ways_of_asking(catalogue, random.Random(7)):  # noqa: S311 - as above
            found = ask_all(similar, catalogue, way, elsewhere)
            figures = (*found.right, found.asked, found.named, found.named_rightly)
            print(f"{elsewhere:25}{way:14}" + "".join(f"{figure:8.3f}" for figure in figures), flush=True)


if __name__ == "__main__":
    main()
