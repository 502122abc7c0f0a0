"""A text with width, hidden characters, spread digits and defanging undone, but case and script kept.

The matcher's normalisation folds case and script; account names, wallets and links need them as written.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import opencc

from knowledge.text import Normalised


@dataclass(frozen=True, slots=True)
class Plain:
    """The plain text three ways: `text`; `folded`, as long, in small letters and simplified script; the way back."""

    text: str
    folded: str
    normalised: Normalised


class PlainReader:
    """Holds what is costly to build: the converter between the scripts."""

    def __init__(self) -> None:
        self._converter = opencc.OpenCC("t2s")
        self._known: dict[str, str] = {}

    def read(self, text: str) -> Plain:
        """`text` as the finders read it. Bound its length first; the time grows with it."""
        draft = _fold(text)
        for pattern, replace in _RULES:
            draft = _rewrite(draft, pattern, replace)
        for character in set(draft.text) - self._known.keys():
            small = self._converter.convert(character.lower()).translate(_CAPITAL)
            self._known[character] = small if len(small) == 1 else character
        return Plain(draft.text, "".join(self._known[character] for character in draft.text), draft)


def _fold(text: str) -> Normalised:
    letters: list[str] = []
    origin: list[int] = []
    ends: list[int] = []
    folded: dict[str, str] = {}
    for at, character in enumerate(text):
        if character not in folded:
            folded[character] = _folded(character)
        for letter in folded[character]:
            letters.append(letter)
            origin.append(at)
            ends.append(at + 1)
        if not folded[character] and ends and unicodedata.category(character).startswith("M"):
            ends[-1] = at + 1  # an accent or keycap belongs to what it stands on
    return Normalised("".join(letters), tuple(origin), tuple(ends))


def _folded(character: str) -> str:
    if character in "\r\n\u2028\u2029":
        return "\n"
    if character.isspace():
        return " "
    if unicodedata.category(character) in _UNSEEN:
        return ""
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    if character in _DASHES:
        return "-"
    unfolded = unicodedata.normalize("NFKC", character)
    # A few signs unfold to whole phrases, or to a letter and loose accents; they are left alone.
    return unfolded if len(unfolded) <= 4 and not any(map(unicodedata.combining, unfolded)) else character


def _rewrite(draft: Normalised, pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str]) -> Normalised:
    """The draft with everything found replaced by something no longer."""
    letters: list[str] = []
    origin: list[int] = []
    ends: list[int] = []
    done = 0
    for match in pattern.finditer(draft.text):
        start, end = match.span()
        replacement = replace(match)
        letters.append(draft.text[done:start] + replacement)
        # The letters share the stretch they replace, in order; the last one reaches to its end.
        places = [start + at * (end - start) // len(replacement) for at in range(len(replacement))]
        origin += [*draft.origin[done:start], *(draft.origin[place] for place in places)]
        ends += [*draft.ends[done:start], *(draft.ends[place] for place in places[:-1]), draft.ends[end - 1]]
        done = end
    if not done:
        return draft
    return Normalised(
        "".join((*letters, draft.text[done:])),
        (*origin, *draft.origin[done:]),
        (*ends, *draft.ends[done:]),
    )


def _in_digits(match: re.Match[str]) -> str:
    """ "一三八0零零幺二三四五六": one digit for each sign. A lone 三 after figures counts something else."""
    digits = match[0].replace(" ", "").translate(_CHINESE_DIGITS)
    return digits if sum(letter not in "0123456789 " for letter in match[0]) >= 2 else match[0]


_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me"})
# Bank numerals; 参 (three) is too often "take part" to be one of them.
_CAPITAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
_DASHES = frozenset("‐‑‒–—―−﹣－")
_CHINESE_DIGITS = str.maketrans("〇零一二三四五六七八九幺壹贰貳叁參肆伍陆陸柒捌玖", "001234567891122334566789")
_LETTERED = "[0-9〇零一二三四五六七八九幺壹贰貳叁參肆伍陆陸柒捌玖]"

_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    # Seven and more digits one space apart are one number, spread out to be overlooked.
    (re.compile(r"(?<![0-9] )(?<![0-9])[0-9](?: [0-9]){6,}(?![0-9])"), lambda match: match[0].replace(" ", "")),
    # Seven digits in a row without a unit are no amount anyone would read out.
    (re.compile(rf"{_LETTERED}{{7,}}|(?<![0-9] )(?<![0-9]){_LETTERED}(?: {_LETTERED}){{6,}}(?![0-9])"), _in_digits),
    (re.compile(r"(?<![A-Za-z])[hH](?:[xX]{2}|[tT]{2}|\*\*|__)[pP]([sS]?)(?: ?(?:\[:\]|\(:\)|:) ?|(?=\[://\]))"
                r"(?:\[?(?:://)\]|\[?//\]?|\\\\)"),
     lambda match: f"http{match[1].lower()}://"),
    (re.compile(r"(?<=[A-Za-z0-9]) ?(?:\[\.\]?|\(\.\)|\{\.\}|<\.>|\[dot\]|\(dot\)|\{dot\}|[\[(]点[\])]|[\[(]點[\])]) ?"
                r"(?=[A-Za-z0-9])", re.IGNORECASE),
     lambda _: "."),
    (re.compile(r"(?<=[A-Za-z])(?:。|点|點)(?=[A-Za-z]{2})"), lambda _: "."),
    (re.compile(r"(?<=[A-Za-z0-9]) (?:\.|dot|点|點) (?=[a-z]{2,})"), lambda _: "."),
    (re.compile(r"(?<=[A-Za-z0-9]) ?[\[({]at[\])}] ?(?=[A-Za-z0-9])", re.IGNORECASE), lambda _: "@"),
    (re.compile(r"(?<=[A-Za-z0-9])\[/\](?=[A-Za-z0-9])"), lambda _: "/"),
)  # fmt: skip
