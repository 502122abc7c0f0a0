"""Texts that a model which has not seen them takes for another scam."""

from dataclasses import replace
from functools import cache

from knowledge.editing.astray import Astray, recognised, texts_astray
from knowledge.editing.texts import KnownText, known_texts, phrasings
from knowledge.editing.unfound import phrasings_unfound
from knowledge.learning import Tried, learn_and_try
from knowledge.matching import Matcher
from knowledge.pattern import Pattern
from tests.knowledge.editing.pair import LADDER, UMBRELLA, normaliser, ordinary, pair

FLAG = "pay the deposit for the steps today"
STRAY = f"{FLAG} ladder en five"


@cache
def _learned() -> tuple[dict[str, Pattern], Tried, tuple[KnownText, ...]]:
    patterns = pair(('"umbrella en four"', f'"{STRAY}"'), ladder=[('"ladder 2 en a"', f'"{FLAG}"')])
    tried = learn_and_try(patterns.values(), ordinary(), normaliser())
    return patterns, tried, known_texts(patterns.values(), ordinary(), normaliser())


def _astray(*ids: str) -> tuple[Astray, ...]:
    patterns, tried, texts = _learned()
    return texts_astray(ids, tried, texts, patterns)


def test_there_is_a_trial_for_each_text() -> None:
    _, tried, texts = _learned()

    assert len(tried.trials) == len(texts)


def test_a_telling_of_the_neighbour_goes_astray_with_both_scores() -> None:
    worst = _astray(UMBRELLA)[0]

    assert (worst.text.text, worst.text.key, worst.other) == (STRAY, "tellings.en[3]", LADDER)
    assert worst.others > worst.own > 0


def test_worst_comes_first_and_only_of_what_was_asked() -> None:
    gaps = [one.own - one.others for one in _astray(UMBRELLA, LADDER)]

    assert gaps == sorted(gaps)
    assert all(one.text.pattern == LADDER for one in _astray(LADDER))


def test_it_says_what_would_help() -> None:
    hint = str(_astray(UMBRELLA)[0].hint())

    assert hint.startswith(f"umbrella-scam.toml: tellings.en[3]: “{STRAY}” is taken for ladder-scam (")
    assert "none of its red flags is worded in it: add a phrasing of one, or a red flag" in hint
    assert f'“{FLAG}” words ladder-scam\'s red flag "ladder in English": move the text there' in hint
    assert "both have mps 刷单返利" in hint
    assert "no question" not in hint


def test_neighbours_that_no_question_tells_apart_are_named() -> None:
    patterns, tried, texts = _learned()
    unasked = {name: replace(pattern, questions=()) for name, pattern in patterns.items()}

    hint = texts_astray([UMBRELLA], tried, texts, unasked)[0].hint()

    assert 'no question tells the two apart: add one with against = ["ladder-scam"]' in hint.sentence


def test_how_many_are_recognised_is_a_sentence() -> None:
    _, tried, texts = _learned()

    sentence = recognised(UMBRELLA, tried, texts)

    assert sentence.startswith("umbrella-scam: of 30 tellings and scripts, each read by a model that has not seen it, ")


def test_a_phrasing_that_is_not_found_is_named_and_no_other() -> None:
    patterns = pair(('"umbrella 0 en a"', '"q"'))
    tried = learn_and_try(patterns.values(), ordinary(), normaliser())
    matcher = Matcher(tried.ground.learned, patterns, normaliser())

    found = [str(hint) for hint in phrasings_unfound(phrasings(patterns.values(), normaliser()), matcher)]

    assert len(found) == 1
    assert found[0].startswith(
        "umbrella-scam.toml: red_flags[0].phrasings.en[0]: “q” is not found under its own red flag flag-0"
    )
