"""What of a text the classifier of dangers weighs: runs of letters, words, and words together, each as a number.

A number a piece and no string: of a hundred thousand pieces a process then holds one megabyte instead of twelve.
"""

import re
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]


def letter_runs(text: str) -> Keys:
    """Runs of one to four characters within words, each word with a space on either side.

    Sixteen bits a character, the last one lowest; all beyond the first plane, such as emojis, are one.
    """
    padded = "".join([f" {word} " for word in text.lower().split()])
    if not padded:
        return _NONE
    codes = np.frombuffer(padded.encode("utf-32-le", "surrogatepass"), np.uint32)
    letters = np.minimum(codes, _LAST_OF_THE_FIRST_PLANE).astype(np.uint64)
    # Each word has a space of its own before and behind it: where two stand together, no run goes on.
    spaces = codes == _SPACE
    number = np.cumsum(spaces & np.append(False, spaces[:-1]))
    runs = [letters]
    run = letters
    for size in range(2, _LONGEST_RUN + 1):
        run = run[:-1] << _A_LETTER | letters[size - 1 :]
        runs.append(run[number[size - 1 :] == number[: 1 - size]])
    return np.concatenate(runs)


def split_words(text: str) -> list[str]:
    """Its words in small letters; a Chinese character counts as one."""
    return _WORD.findall(text.lower())


def word_pairs(text: str) -> Keys:
    """Words, and pairs of words: the first one's 32 bits above the second one's."""
    words = _hashed(text)
    return np.concatenate((words, _pairs(words, 1)))


def far_pairs(text: str) -> Keys:
    """Pairs of words with one to three others between them."""
    words = _hashed(text)
    return np.concatenate([_pairs(words, far) for far in _FAR])


CUTS = (letter_runs, word_pairs, far_pairs)
"""Runs of characters hear stems and endings, typos and all; words and pairs of words know better what is ordinary; what
is meant but not said in so many words is heard by pairs further apart. None of them alone did as well."""


def pieces(text: str) -> Keys:
    """Those of all cuts, each as often as it stands there; what two cuts have alike are two pieces."""
    return np.concatenate([tagged(cut(text), number) for number, cut in enumerate(CUTS)])


def tagged(keys: Keys, cut: int) -> Keys:
    """As pieces of that one of CUTS, spread evenly."""
    mixed: Keys = (keys ^ np.uint64(cut)) * _MIXER
    mixed ^= mixed >> _HALF
    return mixed


def _hashed(text: str) -> Keys:
    words = split_words(text)
    return np.fromiter(map(crc32, map(str.encode, words)), np.uint64, len(words))


def _pairs(words: Keys, far: int) -> Keys:
    return words[:-far] << _HALF | words[far:]


_NONE = np.zeros(0, np.uint64)
_LAST_OF_THE_FIRST_PLANE = 0xFFFF
_SPACE = ord(" ")
_LONGEST_RUN = 4
_A_LETTER, _HALF = np.uint64(16), np.uint64(32)
_MIXER = np.uint64(0xFF51AFD7ED558CCD)
_FAR = (2, 3, 4)
_WORD = re.compile(r"[a-z0-9]+|[\u3400-\u9fff]")
