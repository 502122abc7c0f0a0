"""Amounts of money: a number with a currency, or one that can be nothing but money where it stands."""

import re
from collections.abc import Iterator
from decimal import Decimal

from knowledge.observables.countries import CUSTOMS
from knowledge.observables.finding import Find, Rank
from knowledge.observables.money_cues import ENGLISH_GOES_ON, IS_COUNTED, NOT_MONEY_BEFORE, PAYS
from knowledge.observables.numerals import ARABIC, CHINESE, CHINESE_SMALL, ENGLISH, read_chinese, read_english
from knowledge.observables.observable import Money, ObservableType, minor_digits
from knowledge.observables.plain import Plain
from knowledge.observables.vocabulary import Vocabulary


class AmountFinder:
    """Built once from the words for currencies."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._currencies = {**vocabulary.currencies, _RAND: "ZAR"}
        self._dollars = frozenset(vocabulary.bare_dollars)
        bare = {*vocabulary.bare_dollars, *vocabulary.bare_local}
        # "u" alone is a coin only after its number.
        words = {*vocabulary.currencies, *bare}
        before = _alternatives({word for word in words if word != "u"} - _ONLY_AFTER)
        after = _alternatives(words)
        self._amount = re.compile(
            rf"(?:(?<![a-z])(?P<before>{before}|{_RAND}(?=[0-9]{{1,3}},[0-9]{{3}}|[0-9]{{4,7}}(?![0-9a-z-]))) ?:? ?"
            rf"|(?<![0-9a-z.,]))"
            rf"(?P<number>(?P<chinese>{CHINESE})|(?P<arabic>{ARABIC})"
            rf"(?: ?(?P<scale>(?:thousand|grand|million|mil|billion|lakhs?|lacs?|crores?|mn|bn|[kwm])(?![a-z])))?"
            rf"|(?P<english>{ENGLISH})|(?P<small>{CHINESE_SMALL}))"
            rf"(?P<more>多|余|几|来)?"
            rf"(?: ?[】」)]?(?P<after>{after})(?![a-z盘])(?(before)(?! ?[0-9]))(?!(?<=块)[地头布肉石板表糖面饼木砖]))?"
        )

    def find(self, plain: Plain, country: str | None) -> Iterator[Find]:
        """Checked where the currency was named; otherwise it is guessed from country and script."""
        text = plain.folded
        script = _script(plain)
        for match in self._amount.finditer(text):
            number = _number(match)
            if number is None or number <= 0 or match["more"] == "几":
                continue
            word = match["before"] or match["after"]
            if _DENIED.search(text, max(0, match.start() - 8), match.start()):
                continue
            if word == _RAND and country != "ZA" and not PAYS.search(text, max(0, match.start() - 40), match.start()):
                continue
            if word is None and not _is_money(match, text, number):
                continue
            currency = self._currencies.get(word or "") or _guess(word, script, country, dollars=self._dollars)
            minor = int(number.scaleb(minor_digits(currency)))
            if not 0 < minor < _MOST:
                continue
            start, end = _edges(match)
            money = Money(minor, currency)
            checked = word in self._currencies and match["more"] is None and not re.search("多|余", match["number"])
            yield Find(ObservableType.AMOUNT, str(money), start, end, Rank.AMOUNT, checked, money=money)


def _alternatives(words: set[str]) -> str:
    """Longest first; a Latin word must not begin or go on inside another word."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def _edges(match: re.Match[str]) -> tuple[int, int]:
    return match.start(), max(match.end("number"), match.end("more"), match.end("after"))


def _number(match: re.Match[str]) -> Decimal | None:
    if match["chinese"] or match["small"]:
        return read_chinese(match["chinese"] or match["small"])
    if match["english"]:
        return read_english(match["english"])
    return Decimal(match["arabic"].replace(",", "")) * _SCALES.get(match["scale"] or "", 1)


def _is_money(match: re.Match[str], text: str, number: Decimal) -> bool:
    """Whether a number without a currency is money all the same."""
    start, end = match.start("number"), match.end()
    if IS_COUNTED.match(text, end) or NOT_MONEY_BEFORE.search(text, max(0, start - 8), start):
        return False
    paid = PAYS.search(text, max(0, start - 40), start) is not None
    if match["chinese"]:
        # 四万, 3千, 三千五 say money by themselves; 二十 and 五百 do not.
        units = match["chinese"]
        return (
            paid
            or "万" in units
            or "亿" in units
            or (number >= 100 and units[-1] not in "十百千")
            or units[0].isdecimal()
        )
    scale = match["scale"]
    if scale in {"w", "m", "mn"} or (scale == "k" and number in _RESOLUTIONS):
        return paid
    if scale:
        return True
    if match["english"]:
        return paid and number >= 100 and ENGLISH_GOES_ON.match(text, end) is not None
    if not paid or match["small"]:
        return False
    # A number after "paid" may still count something: in English the next word tells.
    written = match["arabic"]
    return number >= 10 and len(written) <= 10 and written[0] != "0" and _ends_well(text, start, end)


def _ends_well(text: str, start: int, end: int) -> bool:
    is_chinese = re.search("[\u4e00-\u9fff] ?$", text[max(0, start - 2) : start]) is not None
    return is_chinese or ENGLISH_GOES_ON.match(text, end) is not None


def _script(plain: Plain) -> str:
    """ "hant", "hans" or "" where there is no Chinese: enough to choose between currencies."""
    han = [
        (written, folded)
        for written, folded in zip(plain.text, plain.folded, strict=True)
        if "\u4e00" <= folded <= "\u9fff"
    ]
    if any(written != folded for written, folded in han):
        return "hant"
    return "hans" if han else ""


def _guess(word: str | None, script: str, country: str | None, *, dollars: frozenset[str]) -> str:
    customs = CUSTOMS.get(country or "")
    if word in dollars:
        # A lone "$" is the country's own dollar; Taiwan's Chinese writes it for its dollar too.
        return customs.dollar if customs else ("TWD" if script == "hant" else "USD")
    if word is not None and country == "GB":
        return "HKD" if script == "hant" else "CNY"  # nobody in Britain calls pounds 元
    if customs:
        return customs.currency
    return {"hant": "TWD", "hans": "CNY"}.get(script, "XXX")


_MOST = 2**63
_RAND = "r"  # "R12000": in South Africa, or of what was paid; elsewhere it is a room or a motorcycle
_DENIED = re.compile(r"(?:(?<!是)不是|唔系|并不是|(?<![a-z])(?:not|rather than|instead of)) ?$")
"""Before the sum that was wrong, where somebody corrects themself."""
_ONLY_AFTER = frozenset(
    {"pound", "pounds", "quid", "dollar", "bucks", "元", "块", "块钱", "元钱", "圆", "圆整", "元整", "蚊"}
)
_SCALES = {
    "k": Decimal(1000), "thousand": Decimal(1000), "grand": Decimal(1000), "w": Decimal(10_000),
    "m": Decimal(1_000_000), "mn": Decimal(1_000_000), "mil": Decimal(1_000_000), "million": Decimal(1_000_000),
    **dict.fromkeys(("lakh", "lakhs", "lac", "lacs"), Decimal(100_000)),
    **dict.fromkeys(("crore", "crores"), Decimal(10_000_000)),
    "bn": Decimal(1_000_000_000), "billion": Decimal(1_000_000_000),
}  # fmt: skip
# 4k is a picture more often than money.
_RESOLUTIONS = frozenset(map(Decimal, (2000, 4000, 8000)))
