"""One normalisation of text, with the way back from every normalised character to the text as written."""

import re
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import opencc

from knowledge.disguises import Disguises, after_the_first, shipped_disguises
from knowledge.spacing import SPACING_RULES, Rule


@dataclass(frozen=True, slots=True)
class Normalised:
    """Normalised text; character i came from the written characters `origin[i]` up to, not including, `ends[i]`."""

    text: str
    origin: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `text[start:end]` stands in the text as written; an empty span stays empty."""
        if start >= end:
            at = self.origin[start] if start < len(self.origin) else max(self.ends, default=0)
            return at, at
        return self.origin[start], self.ends[end - 1]


class Normaliser:
    """Holds what is costly to build: the converter and the tables."""

    def __init__(self, disguises: Disguises) -> None:
        self._converter = opencc.OpenCC("t2s")
        self._disguises = disguises
        self._folded: dict[str, str] = {}
        # Memory that is not touched is not taken: a page of it for every thousand characters in use.
        self._plain = np.zeros(sys.maxunicode + 1, np.uint32)
        # Dangers, names and patterns are read in turn off the same text. One stays and no more: somebody wrote it.
        self._last = ("", Normalised("", range(0), range(0)))
        self._rules = (*SPACING_RULES, self._letters(), self._digits(), self._words())

    def normalise(self, text: str) -> Normalised:
        """Width, case, script, look-alikes, spacing tricks, swaps and defanged links undone.

        Normalising twice changes nothing more. Bound the length of `text` first: the time grows with it.
        """
        last, normalised = self._last
        if last == text:
            return normalised
        normalised = self._normalise(text)
        self._last = text, normalised
        return normalised

    def _normalise(self, text: str) -> Normalised:
        draft = self._fold(text)
        found_nothing_in: dict[int, Normalised] = {}
        # Undoing one disguise can lay bare another, but hardly ever a third.
        for _ in range(_MOST_ROUNDS):
            undone, letters, is_ascii = draft, set(draft.text), draft.text.isascii()
            for at, rule in enumerate(self._rules):
                if (
                    rule.signs.isdisjoint(letters)
                    or (rule.about_han and is_ascii)
                    or found_nothing_in.get(at) is undone
                ):
                    continue
                before, undone = undone, _rewrite(undone, rule)
                if undone is before:
                    found_nothing_in[at] = undone
                else:
                    letters, is_ascii = set(undone.text), undone.text.isascii()
            if undone.text == draft.text:
                break
            draft = undone
        return _strip(draft)

    def _fold(self, text: str) -> Normalised:
        """Each character by itself, to its plainest form; what nobody sees is dropped."""
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        plain = self._plain[codes]
        if not plain.all():
            for code in np.unique(codes[plain == 0]).tolist():
                self._learn(code)
            plain = self._plain[codes]
        if plain.min(initial=sys.maxunicode) > _UNUSUAL:
            # Nearly every text: each character has one plain form, and stays where it is.
            return Normalised(plain.tobytes().decode("utf-32-le"), range(len(text)), range(1, len(text) + 1))
        letters: list[str] = []
        origin: list[int] = []
        ends: list[int] = []
        for at, character in enumerate(text):
            plainest = self._folded[character]
            if not plainest and ends and unicodedata.combining(character):
                ends[-1] = at + 1  # an accent belongs to the letter it stands on
            for letter in plainest:
                letters.append(letter)
                origin.append(at)
                ends.append(at + 1)
        return Normalised("".join(letters), origin, ends)

    def _learn(self, code: int) -> None:
        plain = self._folded[chr(code)] = self._plainest(chr(code))
        self._plain[code] = ord(plain) if len(plain) == 1 else _UNUSUAL

    def _plainest(self, character: str) -> str:
        plain = character
        while True:
            plainer = "".join(self._plainer(letter) for letter in plain)
            # A few characters unfold to whole phrases (one to eighteen): left alone, so that text cannot swell.
            if plainer == plain or len(plainer) > 4:
                return plain
            plain = plainer

    def _plainer(self, letter: str) -> str:
        if letter.isspace():
            return " "
        if unicodedata.category(letter) in _UNSEEN or letter in _BLANKS:
            return ""
        if letter in self._disguises.characters:
            return self._disguises.characters[letter]
        unfolded = unicodedata.normalize("NFKC", letter).lower()
        if unicodedata.name(letter, "").startswith(("LATIN", "GREEK", "CYRILLIC")):
            unfolded = "".join(part for part in unicodedata.normalize("NFKD", unfolded) if part.isalpha())
        return str(self._converter.convert(unfolded))

    def _letters(self) -> Rule:
        """Look-alike letters, in words that mix alphabets or turn wholly Latin."""
        letters = self._disguises.letters

        def replace(match: re.Match[str]) -> str | None:
            word = match[0]
            turned = "".join(letters.get(letter, letter) for letter in word)
            if turned.isascii() or any(letter.isascii() for letter in word):
                return turned
            return None

        # A word all in plain letters has nothing to turn.
        strange = f"[{_FOREIGN}{re.escape(''.join(letters))}]"
        return Rule(
            re.compile(f"[a-z]*+{strange}[a-z{strange[1:-1]}]*"), replace, frozenset(letters) | _FOREIGN_LETTERS
        )

    def _digits(self) -> Rule:
        """Digits and signs for letters, one at a time: longer runs between letters are amounts, dates and codes."""
        digits = self._disguises.digits
        # A domain after "@" makes it an e-mail address.
        signs = rf"(?<=[a-z])(?:00|(?!@[a-z0-9-]+\.)[{re.escape(''.join(digits))}])(?=[a-z])" if digits else "(?!)"
        return Rule(
            re.compile(signs), lambda match: "".join(digits[sign] for sign in match[0]), frozenset(digits) | {"0"}
        )

    def _words(self) -> Rule:
        words = self._disguises.words
        # Nearly no place of a text begins a written form: one look at its character says so.
        forms: defaultdict[str, list[str]] = defaultdict(list)
        for written in sorted(words, key=lambda written: (-len(written), written)):
            forms[written[0]].append(after_the_first(written, words[written]))
        begun = (f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in sorted(forms.items()))

        def replace(match: re.Match[str]) -> str:
            return words[match[0]] if match[0] in words else words[match[0][:-1]]

        return Rule(re.compile("|".join(begun) if forms else "(?!)"), replace, frozenset(forms))


@cache
def shipped_normaliser() -> Normaliser:
    """The normaliser over the shipped tables; built at its first use and kept, since it never changes."""
    return Normaliser(shipped_disguises())


def normalise(text: str) -> Normalised:
    """`text` normalised by the shipped tables."""
    return shipped_normaliser().normalise(text)


def _rewrite(draft: Normalised, rule: Rule) -> Normalised:
    """The draft with everything the rule finds replaced, the way back kept."""
    parts: list[str] = []
    origin: list[int] = []
    ends: list[int] = []
    done = 0
    for match in rule.pattern.finditer(draft.text):
        start, end = match.span()
        replacement = rule.replace(match)
        if replacement is None or replacement == match[0]:
            continue
        parts += (draft.text[done:start], replacement)
        origin += draft.origin[done:start]
        ends += draft.ends[done:start]
        # Letters of the replacement share the written stretch out among them, in order, the last one to its end.
        size = len(replacement)
        for at in range(size):
            origin.append(draft.origin[start + at * (end - start) // size])
            last = end - 1 if at == size - 1 else start + at * (end - start) // size
            ends.append(draft.ends[last])
        done = end
    if not parts:
        return draft
    origin += draft.origin[done:]
    ends += draft.ends[done:]
    return Normalised("".join((*parts, draft.text[done:])), origin, ends)


def _strip(draft: Normalised) -> Normalised:
    start = len(draft.text) - len(draft.text.lstrip(" "))
    end = max(start, len(draft.text.rstrip(" ")))
    if end - start == len(draft.text):
        return draft
    return Normalised(draft.text[start:end], draft.origin[start:end], draft.ends[start:end])


_MOST_ROUNDS = 8
_UNUSUAL = 1  # no plain form is that control character
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me"})
# Letters by name, blank to the eye: Hangul fillers, the empty Braille pattern.
_BLANKS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_FOREIGN = "\u0370-\u03ff\u0400-\u052f\u0531-\u058f"
_FOREIGN_LETTERS = frozenset(map(chr, (*range(0x370, 0x400), *range(0x400, 0x530), *range(0x531, 0x590))))
