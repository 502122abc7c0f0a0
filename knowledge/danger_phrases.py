"""The small language cues are written in, and how one of its phrases is found in folded text.

    plain words      themselves; a space also stands for a comma or nothing, and words are whole words
    (a|b|c)  (a|)    one of these; this or nothing
    ..               a few characters of the same clause
    ...              some words of the same sentence
    #                an amount: 5000, $4.5k, 4万8, 三千块
    %                an age from 5 to 17, in digits or words; %% is the sign itself
    transfer*        a word beginning so
    codes?           the letter before may be missing
    any ?desk        the space may be missing
    <name>           one of the words listed under that name
    ^ $              the beginning, the end of a sentence

Either Chinese script, either width, either case: phrases are folded as the text is.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from knowledge.text import normalise

Words = Mapping[str, tuple[str, ...]]
"""Named lists of phrases, which other phrases call as <name>."""


class PhraseError(ValueError):
    """A phrase that cannot be read; the message says how to write it."""


def fold(text: str) -> str:
    """`text` as phrases and examples are compared: normalised, without apostrophes, without spaces beside Chinese."""
    return _SPACES.sub("", _APOSTROPHE.sub("", normalise(text).text.lower()))


def fragments(folded: str) -> frozenset[str]:
    """All runs of one to four characters of a folded text: what tells at once that most phrases cannot stand in it."""
    found = set(folded)
    for size in range(2, _FRAGMENT + 1):
        found.update([folded[at : at + size] for at in range(len(folded) - size + 1)])
    return frozenset(found)


@dataclass(frozen=True, eq=False)
class Phrase:
    """A phrase ready to be found; a text that lacks all fragments of one of its `needs` does not hold it.

    The rarest need is the first.
    """

    source: str
    expression: str
    needs: tuple[frozenset[str], ...]

    def may_stand(self, among: frozenset[str]) -> bool:
        """Whether it is worth looking for in a text of these fragments."""
        return not any(map(among.isdisjoint, self.needs))

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Where it stands in folded `text`, as start and end."""
        at = 0
        # An edge asked for before the expression would be looked for at every letter, which takes twice as long.
        while match := self._compiled.search(text, at):
            start, end = match.span()
            if start and _WITHIN.match(text, start):
                at = start + 1
            else:
                yield start, end
                at = end

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        # Most phrases are never needed: compiling them all would cost half a second at every start.
        return re.compile(self.expression)


@dataclass(frozen=True, slots=True)
class _Part:
    expression: str
    needs: tuple[frozenset[str], ...] = ()


class Lexicon:
    """Reads phrases; holds the lists of words they may name."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self._named_parts: dict[str, _Part] = {}

    def read(self, source: str) -> Phrase:
        """The phrase that `source` writes. Raises PhraseError."""
        part = self._read(source, calling=())
        if not part.needs:
            raise PhraseError("can stand for nothing at all; write a word that has to be there")
        return Phrase(source, part.expression + _EDGE, tuple(sorted(set(part.needs), key=_rarity)))

    def _read(self, source: str, *, calling: tuple[str, ...]) -> _Part:
        tokens = [match.group() for match in _TOKEN.finditer(source.strip())]
        part, rest = self._choices(tokens, calling)
        if rest:
            raise PhraseError('has a ")" too many; take it out')
        return part

    def _choices(self, tokens: list[str], calling: tuple[str, ...]) -> tuple[_Part, list[str]]:
        choices: list[_Part] = []
        parts: list[_Part] = []
        while tokens and tokens[0] != ")":
            token, tokens = tokens[0], tokens[1:]
            if token == "|":  # noqa: S105 - a sign of the phrase language, no password
                choices.append(_sequence(parts))
                parts = []
            elif token == "(":  # noqa: S105 - the same
                part, tokens = self._choices(tokens, calling)
                if not tokens:
                    raise PhraseError('lacks a ")"; add it')
                tokens = tokens[1:]
                parts.append(part)
            else:
                parts.append(self._part(token, calling))
        choices.append(_sequence(parts))
        return _either(choices), tokens

    def _part(self, token: str, calling: tuple[str, ...]) -> _Part:
        if token.startswith("<"):
            return self._named(token[1:-1], calling)
        if token.isspace():
            return _Part(_SPACE)
        if token == " ?":  # noqa: S105 - the same
            return _Part(r"[\s\-]?")
        if token.strip() in _SIGNS:
            sign = token.strip()
            return _Part(_SIGNS[sign], _NEEDS_OF_SIGNS.get(sign, ()))
        if token != "?" and "?" in _OPTIONAL.sub("", token):  # noqa: S105 - alone it is the sign people write
            raise PhraseError(f'"{token}" has a "?" after no letter or space; write what may be missing as (it|)')
        literals = [_fold_literal(piece) for piece in _OPTIONAL.split(token)]
        if not any(literals):
            raise PhraseError(f'"{token}" is no word once folded; take it out')
        # Every second piece is a letter that may be missing.
        expression = "".join(re.escape(each) + ("?" if at % 2 else "") for at, each in enumerate(literals))
        longest = max(literals[::2], key=_weight)[:_FRAGMENT]
        return _Part(expression, (frozenset({longest}),) if longest else ())

    def _named(self, name: str, calling: tuple[str, ...]) -> _Part:
        if name not in self.words:
            raise PhraseError(f"names <{name}>, which is no list of words; the lists: {', '.join(sorted(self.words))}")
        if name in calling:
            raise PhraseError(f"names <{name}>, which names itself; take one of them out")
        if name not in self._named_parts:
            choices = [self._read(source, calling=(*calling, name)) for source in self.words[name]]
            self._named_parts[name] = _either(choices)
        return self._named_parts[name]


def _fold_literal(piece: str) -> str:
    # Letter by letter, and each letter once: there are ten thousands of words in the files.
    return "".join(map(_fold_letter, _APOSTROPHE.sub("", piece)))


@lru_cache(maxsize=8192)
def _fold_letter(letter: str) -> str:
    return normalise(letter).text


def _sequence(parts: list[_Part]) -> _Part:
    return _Part("".join(part.expression for part in parts), tuple(need for part in parts for need in part.needs))


def _either(choices: list[_Part]) -> _Part:
    if len(choices) == 1:
        return choices[0]
    expression = f"(?:{'|'.join(choice.expression for choice in choices)})"
    if not all(choice.needs for choice in choices):
        return _Part(expression)
    return _Part(expression, (frozenset[str]().union(*(min(choice.needs, key=_rarity) for choice in choices)),))


def _rarity(need: frozenset[str]) -> tuple[int, int, list[str]]:
    """Sorts what is rarest first: long fragments, and few of them."""
    return -min(map(_weight, need)), len(need), sorted(need)


def _weight(fragment: str) -> int:
    # One Chinese character is about as telling as three Latin letters.
    return len(fragment) if fragment.isascii() else 3 * len(fragment)


_FRAGMENT = 4
_HAN = "\u3400-\u9fff"
_SPACES = re.compile(rf"(?<=[{_HAN}，。！？、；：])\s+|\s+(?=[{_HAN}，。！？、；：])")
_APOSTROPHE = re.compile(r"(?<=[a-z])['’‘`´](?=[a-z])")
# Not inside a Latin word, nor inside a number.
_EDGE = r"(?!(?<=[a-z])[a-z])(?!(?<=\d)\d)"
_WITHIN = re.compile(r"(?<=[a-z])[a-z]|(?<=\d)\d")
_SPACE = rf"[\s,，、~\-]*{_EDGE}"
# A Latin word counts as one character does in Chinese, and is never split: no text makes a gap slow.
_IN_CLAUSE = r"(?:[a-z]++\s?+|[^.。!！?？;；,，\na-z])"
_IN_SENTENCE = r"(?:[a-z]++\s?+|[^.。!！?？;；\na-z]|\.(?=\d))"
_CURRENCY = (
    r"(?:(?:usdt|us|hk|nt|rmb|rm|cny|usd|gbp|eur|s|a)?\s?[$€£¥￥]|新?台币|人民币|港币|港元|美金|美元|rmb|nt|hkd|usd|rm)"
)
_UNIT = (
    "(?:k|m|w|grand|thousand|hundred|million|lakh|百|千|万|亿|块|元|圆|刀|蚊|镑|欧|rmb|usdt|u|usd|sgd|hkd|aud|nzd|cad|gbp|eur|twd|ntd|myr|jpy|krw|inr|php|thb|baht|rupees?|pesos?|yen|dollars?|pounds?"
    "|bucks?|quid|euros?|yuan|ringgit|rm)"
)
_FIGURES = "一二两三四五六七八九十廿卅几数半"
_NUMBER = r"\d[\d,]{0,14}(?:\.\d{1,8})?"
_AMOUNT = (
    rf"[【\[(「]?(?:{_CURRENCY}\s?{_NUMBER}(?:\s?{_UNIT}){{0,4}}"
    rf"|{_NUMBER}(?:\s?(?:多|来|几|余)?{_UNIT}[\d一二三四五六七八九]?){{1,4}}"
    r"|(?!(?:110|112|113|119|120|159|165|911|995|997|999|1326|1343|1799|1930|7726|12321|12315|12345|12356|12381|18222|18999|96110)(?!\d)|1[3-9]\d{9}|400-?\d)\d[\d,]{2,14}(?:\.\d{1,8})?(?![\d年月日号点])"
    rf"|[{_FIGURES}好多]{{0,8}}[{_FIGURES}](?:多|来|几|余)?(?:百|千|万|亿|块|元|蚊|个w)[{_FIGURES}百千万块元多蚊]{{0,8}}"
    r"|(?:a|one|two|three|four|five|six|eight|ten|twenty|several|few|couple)(?: [a-z]+)?"
    r" (?:hundred|thousand|grand|million|k|bucks|quid|dollars|pounds))"
)
_AGE = (
    r"(?:(?<![\d.,$€£¥万千百块])(?:[5-9]|1[0-7])(?![\d.,%万千百元块])(?!\s?(?:个月|天|周(?!岁)|小时|分钟|months?\b|weeks?\b|days?\b|hours?\b|min))"
    r"|(?<![一二两三四五六七八九])十[一二三四五六七]?(?![一二三四五六七八九十百千万])|(?<![十一二三四五六七八九])[五六七八九](?=岁)"
    r"|\b(?:five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)\b)"
)
_SIGNS = {
    "..": rf"{_EDGE}{_IN_CLAUSE}{{0,7}}?{_EDGE}",
    "...": rf"{_EDGE}{_IN_SENTENCE}{{0,20}}?{_EDGE}",
    "#": _AMOUNT,
    "%": _AGE,
    "%%": "%",
    "*": r"[a-z]*",
    "^": r"(?:^|(?<=[.。!！?？;；,，~])|(?<=[.。!！?？;；,，~]\s))",
    "$": r"(?=\s*(?:$|[.。!！?？;；,，\n~]))",
}
_DIGITS = frozenset("0123456789一二两三四五六七八九十廿卅")
_NEEDS_OF_SIGNS = {
    "#": (_DIGITS | frozenset("几数半k") | {"hund", "thou", "gran", "mill", "buck", "quid", "doll", "poun"},),
    "%": (_DIGITS | {"five", "six", "sixt", "seve", "eigh", "nine", "ten", "elev", "twel", "thir", "four", "fift"},),
    "%%": (frozenset("%"),),
}
_TOKEN = re.compile(r"<[a-z0-9-]+>| \?|\s*\.{2,3}\s*|%%|[()|#%*^$]|\s+|[^\s()|#%*^$<.]+|[<.]")
_OPTIONAL = re.compile(r"([a-z])\?")
