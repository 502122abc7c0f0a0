"""The languages Fanzha speaks, and which of them a text is written in."""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum

from knowledge.spacing import is_han


class Language(StrEnum):
    """A language of first class: every pattern and every sentence exists in it."""

    EN = "en"
    ZH_HANS = "zh-Hans"
    ZH_HANT = "zh-Hant"


HONG_KONG = "zh-Hant-HK"
"""The key of a text for Hong Kong and Macau, where they say it otherwise than Taiwan."""

SPEAK_AS_HONG_KONG = frozenset({"HK", "MO"})

Texts = Mapping[str, str]
"""One text in each language; where Hong Kong has words of its own, those too, under `HONG_KONG`."""


def in_language(texts: Texts, language: Language) -> str:
    """The text in `language`, else in its nearest neighbour, else in English, which is always there."""
    for choice in _NEAREST[language]:
        if choice in texts:
            return texts[choice]
    return texts[Language.EN]


def detect_language(text: str) -> Language | None:
    """The language `text` is written in; None when it cannot be told, so that the channel's language stands.

    Characters common to both Chinese scripts, digits, links and a single English word ("OK", a name) tell nothing.
    """
    words = text if text.isascii() else text.translate(_TOLD_APART)
    # Looked for only where its sign stands: each place before an "@" is tried at length.
    for sign, link in _LINKS:
        if sign in words:
            words = link.sub(" ", words)
    english = [word.lower() for word in _WORD.findall(words)]
    # Chinese is full of Latin names and few words are Latin names in English: an even count is Chinese.
    hans, hant, either = (0, 0, 0) if words.isascii() else (words.count(mark) for mark in (_HANS, _HANT, _EITHER))
    if 0 < hans + hant + either >= len(english):
        # The older national character sets are the record of which characters each script uses.
        return None if hans == hant else Language.ZH_HANS if hans > hant else Language.ZH_HANT
    common = sum(word in _COMMON for word in english)
    if len(english) >= 2 and common and common * 10 >= len(english):
        return Language.EN
    return None


def _one_script(letter: str) -> Language | None:
    """The script that alone uses a character; None where both do, or neither."""
    if not is_han(letter) or letter in _CANTONESE:
        return None
    simplified, traditional = letter.encode("gb2312", "ignore"), letter.encode("big5hkscs", "ignore")
    if simplified:
        return None if _is_common_big5(letter) else Language.ZH_HANS
    return Language.ZH_HANT if traditional else None


def _is_common_big5(letter: str) -> bool:
    """Whether Taiwan writes it every day: Big5's second level holds rare characters that look simplified (体)."""
    encoded = letter.encode("big5", "ignore")
    return bool(encoded) and encoded[0] < 0xC9 and letter not in _RARE_THERE


# Three characters of no alphabet stand for the Han characters of a text, by the script that alone uses them.
_HANS, _HANT, _EITHER = "\uf8fb", "\uf8fc", "\uf8fd"
_MARKS = {Language.ZH_HANS: _HANS, Language.ZH_HANT: _HANT, None: _EITHER}


class _ToldApart(dict[int, str | None]):
    """Han characters become their script's mark, what nobody sees is left out, all else takes its plain form; each
    character is looked up once."""

    def __missing__(self, code: int) -> str | None:
        self[code] = told = _told_apart(chr(code))
        return told


def _told_apart(letter: str) -> str | None:
    if unicodedata.category(letter) in {"Cf", "Cs", "Co", "Mn", "Me"}:
        return None
    plain = unicodedata.normalize("NFKC", letter)
    return "".join(_MARKS[_one_script(part)] if is_han(part) else part for part in plain)


_TOLD_APART = _ToldApart()

# In Big5's first level, yet hardly written in Taiwan except for other words than these: 麼 聽 葉 蟲 勝.
_RARE_THERE = frozenset("么听叶虫胜")
# Cantonese, written in either script; Big5 has them among its rare ones.
_CANTONESE = frozenset("畀睇乜嗌嘞")

_NEAREST: Mapping[Language, tuple[Language, ...]] = {
    Language.EN: (Language.EN,),
    Language.ZH_HANS: (Language.ZH_HANS, Language.ZH_HANT),
    Language.ZH_HANT: (Language.ZH_HANT, Language.ZH_HANS),
}

_LINKS = (
    ("@", re.compile(r"\S{1,64}@\S{1,255}")),
    ("://", re.compile(r"\w{2,8}://\S{1,2000}", re.ASCII)),
    (".", re.compile(r"(?:www\.|\b[\w-]{1,63}\.[a-z]{2,8}\b)\S{0,2000}", re.ASCII)),
)
_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")

# Words every English text is full of; those that are also words of Malay, Spanish or French are left out.
_COMMON_WORDS = (
    "about after all am and any are as asked at be because been before but by call called can't click did "
    "didn't do don't for from get give got had has have he her here him his how i i'm if is it it's its "
    "just know let like made money my need new not now of off on one or our out pay paid please really "
    "said scam sent she should than that the their them then there they this to told transfer until up us "
    "want was we were what when where which who will with within won't would yes yesterday you your "
    "you're free win urgent reply text"
)
_COMMON = frozenset(_COMMON_WORDS.split())
