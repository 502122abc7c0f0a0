"""Near-duplicates by their sketches: how many are found, and how many others with them."""

import re
from collections.abc import Callable
from random import Random

import opencc
import pytest

from knowledge.catalogue import shipped_catalogue
from knowledge.language import Language
from knowledge.pieces import shingles_of
from knowledge.sketching import FEWEST_PIECES, VALUES, sketch
from storage.search_key import SearchKey
from storage.similar import SIMILAR
from storage.sketches import bands, resemblance

_KEY = SearchKey(bytes(range(32)))
_LONG_ENOUGH = 60


def sketched(text: str) -> bytes:
    return sketch({_KEY.shingle(piece) for piece in shingles_of(text)})


def is_found(one: str, other: str) -> bool:
    mine, theirs = sketched(one), sketched(other)
    return bool(bands(mine) & bands(theirs)) and resemblance(mine, theirs) >= SIMILAR


def tellings(language: Language) -> list[str]:
    """Two of each pattern in one piece: about as long as people tell."""
    found = []
    for pattern in shipped_catalogue():
        texts = pattern.tellings.get(language, ())
        joined = [" ".join(texts[at : at + 2]) for at in range(0, len(texts) - 1, 2)]
        found += [text for text in joined if len(text) >= _LONG_ENOUGH]
    return found


def words_changed(text: str, random: Random) -> str:
    """One word in fifteen, or two characters in thirty, are others."""
    if text.isascii():
        words = text.split(" ")
        for at in random.sample(range(len(words)), max(1, len(words) // 15)):
            words[at] = random.choice(("somebody", "yesterday", "Monday", "again", "Lisbon"))
        return " ".join(words)
    signs = list(text)
    for at in random.sample(range(len(signs) - 1), max(1, len(signs) // 30)):
        signs[at : at + 2] = random.choice(("昨天", "小李", "北京", "后来", "三千"))
    return "".join(signs)


def a_sentence_dropped(text: str, random: Random) -> str:
    parts = re.findall(r"[^.!?。！？]+[.!?。！？]*", text)
    shortest = min(range(len(parts)), key=lambda at: len(parts[at]))
    return "".join(parts[:shortest] + parts[shortest + 1 :]) if len(parts) > 2 else text + " ok"


def spaced_otherwise(text: str, random: Random) -> str:
    return "".join(
        sign + random.choice(("", "", "", " ", "\n")) if not sign.isascii() else sign for sign in text
    ).upper()


_TRADITIONAL = opencc.OpenCC("s2t")


def in_the_other_script(text: str, random: Random) -> str:
    return str(_TRADITIONAL.convert(text))


PERTURBED: list[tuple[Callable[[str, Random], str], float]] = [
    (words_changed, 0.90),
    (a_sentence_dropped, 0.90),
    (spaced_otherwise, 0.98),
    (in_the_other_script, 0.98),
]


@pytest.mark.parametrize(("perturb", "least"), PERTURBED)
@pytest.mark.parametrize("language", [Language.EN, Language.ZH_HANS])
def test_a_copy_with_changes_is_found(language: Language, perturb: Callable[[str, Random], str], least: float) -> None:
    random = Random(3)  # noqa: S311 - a test must be the same every time
    texts = tellings(language)
    found = sum(is_found(text, perturb(text, random)) for text in texts)
    assert len(texts) > 100
    assert found / len(texts) >= least, f"{found} of {len(texts)}"


@pytest.mark.parametrize("language", [Language.EN, Language.ZH_HANS])
def test_different_tellings_are_not_taken_for_copies_even_of_the_same_scam(language: Language) -> None:
    sketches = [sketched(text) for text in tellings(language)]
    assert len(sketches) > 100
    banded = [(one, bands(one)) for one in sketches]
    wrong = sum(
        resemblance(one, other) >= SIMILAR
        for at, (one, its_own) in enumerate(banded)
        for other, others in banded[:at]
        if its_own & others
    )
    assert wrong <= 2, f"{wrong} pairs"


def test_the_estimate_is_near_the_share_of_pieces() -> None:
    pieces = [_KEY.shingle(str(number)) for number in range(3000)]
    for shared in (0, 600, 1500, 2000):
        one, other = pieces[:2000], pieces[2000 - shared : 4000 - shared]
        true = shared / (len(one) + len(other) - shared)
        assert abs(resemblance(sketch(one), sketch(other)) - true) < 0.2


def test_a_sketch_is_the_same_for_ever() -> None:
    pieces = list(range(1, FEWEST_PIECES + 1))
    assert sketch(pieces) == sketch(list(reversed(pieces)))
    assert len(sketch(pieces)) == 4 * VALUES
    multiplier, offset = _first_function()
    assert int.from_bytes(sketch(pieces)[:4], "little") == min(
        ((piece * multiplier + offset) % 2**64) >> 32 for piece in pieces
    )


def _first_function() -> tuple[int, int]:
    """The first and the sixty-fifth number of SplitMix64 from 0, as its authors write it."""

    def number(place: int) -> int:
        value = place * 0x9E3779B97F4A7C15 % 2**64
        value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9 % 2**64
        value = (value ^ value >> 27) * 0x94D049BB133111EB % 2**64
        return value ^ value >> 31

    return number(1) | 1, number(VALUES + 1)


def test_too_little_says_nothing() -> None:
    assert sketched("我被骗了") == b""
    assert bands(b"") == frozenset()
    assert resemblance(b"", sketched("a telling that is long enough to be compared")) == 0
