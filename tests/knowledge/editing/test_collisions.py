"""Phrasings that speak for more than their own scam."""

from dataclasses import replace

from knowledge.editing.collisions import phrasings_elsewhere, shared_phrasings
from knowledge.editing.texts import known_texts, phrasings
from knowledge.language import Language
from knowledge.ordinary import OrdinaryMessage
from knowledge.pattern import Pattern
from tests.knowledge.editing.pair import UMBRELLA, normaliser, pair

FIRST = '"umbrella 0 en a"'


def _shared(patterns: dict[str, Pattern]) -> list[str]:
    own = phrasings([patterns[UMBRELLA]], normaliser())
    return [str(hint) for hint in shared_phrasings(own, phrasings(patterns.values(), normaliser()))]


def _elsewhere(patterns: dict[str, Pattern], *honest: str) -> list[str]:
    own = phrasings([patterns[UMBRELLA]], normaliser())
    messages = [OrdinaryMessage("weather", Language.EN, text) for text in honest]
    return [str(hint) for hint in phrasings_elsewhere(own, known_texts(patterns.values(), messages, normaliser()))]


def test_patterns_that_share_nothing_collide_nowhere() -> None:
    assert _shared(pair()) == []
    assert _elsewhere(pair(), "see you at lunch") == []


def test_a_phrasing_of_another_pattern_is_named_however_it_is_written() -> None:
    assert _shared(pair((FIRST, '"Ladder  1 EN b!"'))) == [
        "umbrella-scam.toml: red_flags[0].phrasings.en[0]: “Ladder 1 EN b!” is a phrasing of ladder-scam's red flag "
        "flag-1 too; reword one of them, so that it speaks for one alone"
    ]


def test_a_phrasing_in_two_scripts_under_two_red_flags_is_named() -> None:
    hints = _shared(
        pair(('"umbrella 0 zh-Hans a"', '"转账到安全账户"'), ('"umbrella 1 zh-Hant a"', '"轉帳到安全帳戶"'))
    )

    assert "red_flags[0].phrasings.zh-Hans[0]" in hints[0]
    assert "is a phrasing of its own red flag flag-1 too" in hints[0]


def test_one_phrasing_in_both_scripts_under_one_red_flag_is_none() -> None:
    assert _shared(pair(('"umbrella 0 zh-Hans a"', '"转账过去"'), ('"umbrella 0 zh-Hant a"', '"轉賬過去"'))) == []


def test_a_phrasing_in_an_ordinary_message_is_named_with_it() -> None:
    (hint,) = _elsewhere(pair((FIRST, '"bring a wet coat"')), "Do not forget to bring a wet coat tomorrow")

    assert "red_flags[0].phrasings.en[0]: “bring a wet coat” stands in 1 ordinary message too" in hint
    assert "“Do not forget to bring a wet coat tomorrow”" in hint
    assert "honest_alone = true" in hint


def test_one_that_is_said_to_be_honest_alone_may_stand_there() -> None:
    changed = pair((FIRST, '"bring a wet coat"'), ('id = "flag-0"\n', 'id = "flag-0"\nhonest_alone = true\n'))

    assert _elsewhere(changed, "Do not forget to bring a wet coat tomorrow") == []


def test_a_phrasing_inside_a_longer_word_is_not_that_word() -> None:
    assert _elsewhere(pair((FIRST, '"pin"')), "The shipping is free") == []


def test_a_phrasing_in_a_neighbours_telling_is_named_with_its_place() -> None:
    (hint,) = _elsewhere(pair((FIRST, '"ladder en three"')))

    assert "stands word for word in ladder-scam.toml: tellings.en[2] and 1 more, “ladder en three”" in hint


def test_a_phrasing_of_many_scams_speaks_for_nothing() -> None:
    patterns = pair((FIRST, '"every ladder en three"'))
    for at in range(5):
        told = {**patterns["ladder-scam"].tellings, Language.EN: ("and every ladder en three was gone",)}
        patterns[f"other-{at}"] = replace(patterns["ladder-scam"], id=f"other-{at}", tellings=told)

    (hint,) = _elsewhere(patterns)

    assert "is so common that it speaks for nothing: seen in 5 texts of 5 other patterns" in hint
