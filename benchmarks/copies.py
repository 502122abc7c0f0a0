"""How well copies of a telling are found by their sketches, and how seldom anything else is.

    python benchmarks/copies.py

The shipped tellings, two of each pattern in one piece, changed in each of the ways that copies differ in: by the same
code that `tests/knowledge/test_sketching.py` holds to its bounds. "In a band": found by the lookup; "similar": shown as
such.
"""

from random import Random

from knowledge.language import Language
from storage.similar import SIMILAR
from storage.sketches import bands, resemblance
from tests.knowledge.test_sketching import PERTURBED, sketched, tellings


def main() -> None:
    print(f"similar from {SIMILAR} on; of a hundred")
    print(f"{'':32}{'texts':>7}{'in a band':>11}{'similar':>9}{'mean resemblance':>18}")
    for language in (Language.EN, Language.ZH_HANS):
        texts = tellings(language)
        originals = [sketched(text) for text in texts]
        for perturb, _ in PERTURBED:
            random = Random(3)  # noqa: S311 - the same copies every time
            copies = [sketched(perturb(text, random)) for text in texts]
            pairs = list(zip(originals, copies, strict=True))
            likes = [resemblance(one, other) for one, other in pairs]
            banded = sum(bool(bands(one) & bands(other)) for one, other in pairs)
            found = sum(
                bool(bands(one) & bands(other)) and like >= SIMILAR
                for (one, other), like in zip(pairs, likes, strict=True)
            )
            name = f"{language} {perturb.__name__.replace('_', ' ')}"
            count = len(texts)
            mean = sum(likes) / count
            print(f"{name:32}{count:7}{100 * banded / count:11.1f}{100 * found / count:9.1f}{mean:18.2f}")
        _others(language, originals)


def _others(language: Language, sketches: list[bytes]) -> None:
    """Every pair of different tellings: none of them is a copy."""
    banded = wrong = 0
    for at, one in enumerate(sketches):
        mine = bands(one)
        for other in sketches[:at]:
            if mine & bands(other):
                banded += 1
                wrong += resemblance(one, other) >= SIMILAR
    pairs = len(sketches) * (len(sketches) - 1) // 2
    print(f"{language} different tellings: {pairs:,} pairs, {banded} in a band, {wrong} similar")


if __name__ == "__main__":
    main()
