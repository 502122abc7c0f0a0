"""The shipped patterns: complete, and each known by its own words."""

import pytest

from knowledge.catalogue import shipped_catalogue
from knowledge.features import units
from knowledge.language import Language, detect_language
from knowledge.shipped import PACKAGE, shipped_release
from knowledge.text import normalise
from tests.knowledge.shipped import matcher

_IDS = sorted(path.stem for path in (PACKAGE / "patterns").glob("*.toml"))


def test_there_are_as_many_as_were_asked_for() -> None:
    assert len(shipped_catalogue()) == len(_IDS) >= 100


@pytest.mark.parametrize("name", _IDS)
def test_nothing_a_person_reads_shames_them(name: str) -> None:
    pattern = shipped_catalogue()[name]
    shown = [pattern.name, pattern.gist, pattern.next, *pattern.advice.values()]
    shown += [stage.text for stage in pattern.stages] + [flag.name for flag in pattern.red_flags]
    shown += [question.text for question in pattern.questions]

    for texts in shown:
        for text in texts.values():
            assert not any(
                word in text.lower() for word in ("pig butcher", "杀猪", "殺豬", "gullible", "贪心", "貪心", "愚蠢")
            )


@pytest.mark.parametrize("name", _IDS)
def test_each_script_is_written_in_its_own(name: str) -> None:
    pattern = shipped_catalogue()[name]
    shown = [pattern.gist, pattern.next, *pattern.advice.values(), *(stage.text for stage in pattern.stages)]

    for texts in shown:
        for language in (Language.ZH_HANS, Language.ZH_HANT):
            assert detect_language(texts[language]) in {language, None}, texts[language]


@pytest.mark.parametrize("name", _IDS)
def test_a_pattern_ranks_first_for_its_own_words(name: str) -> None:
    pattern = shipped_catalogue()[name]
    spoken = [text for phrases in (pattern.tellings, pattern.scripts) for texts in phrases.values() for text in texts]

    first = [matcher().match(text).matches[0].pattern == name for text in spoken]

    # All it was taught from; one in twenty may be a neighbour's as much.
    assert sum(first) >= 0.95 * len(first)


@pytest.mark.parametrize("name", _IDS)
def test_every_wording_is_found_under_its_red_flag(name: str) -> None:
    pattern, finder = shipped_catalogue()[name], shipped_release().ground.learned.finder

    missed = [
        (red_flag.id, phrasing)
        for red_flag in pattern.red_flags
        for phrasings in red_flag.phrasings.values()
        for phrasing in phrasings
        for text in [normalise(phrasing).text]
        if red_flag.id not in {seen.red_flag for seen in finder.find(text, units(text), {name})}
    ]

    assert missed == []


def test_a_telling_is_known_by_a_model_that_saw_none_of_its_patterns_tellings() -> None:
    # Chance would be one in a hundred.
    assert shipped_release().ground.known_unseen > 0.4
