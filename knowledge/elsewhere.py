"""In which country reporters say that they are: one that is served, or one whose numbers are not known here."""

import re
from collections.abc import Iterable, Mapping

from knowledge.places_file import Country, Heard

ELSEWHERE = "ZZ"
"""ISO 3166 keeps this code for no country: the reporter is somewhere, and none of the numbers known here is theirs."""

# fmt: off
_UNKNOWN = (
    "比利时", "瑞典", "挪威", "丹麦", "芬兰", "奥地利", "希腊", "波兰", "捷克", "匈牙利", "俄罗斯", "乌克兰",
    "以色列", "沙特", "巴基斯坦", "埃及", "肯尼亚", "阿根廷", "智利", "秘鲁", "维也纳", "莫斯科", "华沙", "斯德哥尔摩",
    "belgium", "sweden", "norway", "denmark", "finland", "austria", "greece", "poland", "czechia", "hungary", "russia",
    "ukraine", "israel", "saudi arabia", "pakistan", "egypt", "kenya", "argentina", "chile", "peru", "vienna", "moscow",
)
# fmt: on
"""Countries that are not served, as people say to be there."""
_ASKED = {
    "china": "CN", "中国": "CN", "大陆": "CN", "内地": "CN", "us": "US", "america": "US", "states": "US",
    "britain": "GB", "great britain": "GB", "kl": "MY", "emirates": "AE", "holland": "NL", "hk": "HK", "sg": "SG",
    "tw": "TW", "nz": "NZ",
}  # fmt: skip
"""Names that tell where somebody is only where that was asked."""

# Not what somebody else says of themselves, nor where a brother is: "人在" alone only begins a sentence.
_I_ZH = (
    r"(?:(?<![他她它您你说讲道:：“‘「『\"])(?:我|我们|我哋)|(?<![\u4e00-\u9fff:：“‘「『\"])(?:人|现|而家|目前|(?=(?:移民|搬)(?:到|去|咗|了|来|嚟))))"
    r"(?:现在|目前|人|一个人|一家人|住|就|一直|已经){0,2}"
)
_I_EN = r"\b(?:i|we)(?: am|'m|’m| are|'re|’re|m)?(?: now| currently| both)? ?"
_MOVED_ZH = "移民(?:到|去|了|咗)?|搬(?:到|去|来|嚟|咗嚟|咗去|来了|去了)"
_AT_ZH, _LIVE_ZH = f"(?:在|喺|住在|住喺|定居|{_MOVED_ZH})", "(?:住在|住喺|住(?!院)|定居(?:在)?|长住|常住)"
_FROM_EN = r"(?:(?:calling|writing|messaging|texting|reporting) )?from (?:the )?"
_AT_EN = rf"(?:(?:here |(?:live|living|stay|staying|study|studying|work|working|based) )?in (?:the )?|{_FROM_EN})"
_LIVE_EN = rf"(?:(?:live|living|reside|residing|settled|based|here) in (?:the )?|{_FROM_EN})"
_SENTENCE, _CLAUSE = re.compile(r"[.。!！?？\n]"), re.compile(r"[,，;；]")
# Where somebody else says to be: "she works in oil, Germany".
_OF_OTHERS = re.compile(
    r"\b(?:he|she|they|him|her|his|their|who|man|woman|guy|lady|girl|boy|brother|sister|son|daughter|friend|cousin|husband|wife)\b"
    r"|[他她佢]|对方|网友"
)
# A restaurant, a street, a web shop; and where people are kept nobody is at home.
_NOT_THERE = (
    r"(?![^,。,.!?\n]{0,4}(?:园区|公司))(?! ?(?:料理|餐|饭|街|路|城|店|代购|网|银行|restaurant|street|compound|office))"
)


class SaidPlaces:
    """Finds "I'm in Tokyo" and "我在法国" in a text; built once."""

    def __init__(self, countries: Iterable[Country]) -> None:
        being: dict[str, str] = dict.fromkeys(_UNKNOWN, ELSEWHERE)
        living: dict[str, str] = {}
        for country in countries:
            # Where compounds stand it takes more than being there: who writes from one needs help from home.
            names = living if country.heard is Heard.LIVED else being
            names.update(dict.fromkeys(country.places, country.code))
        self._codes: Mapping[str, str] = {**being, **living}
        self._said = (_pattern(being, _AT_ZH, _AT_EN), _pattern(living, _LIVE_ZH, _LIVE_EN))
        self._being = being

    def country(self, simplified: str) -> str | None:
        """The country, ELSEWHERE, or None where nothing is said. `simplified`: in that script and small letters."""
        for pattern in self._said:
            match = pattern.search(simplified) if pattern is not None else None
            if match:
                return self._codes[match["zh"] or match["en"]]
        return self._by_itself(simplified)

    def _by_itself(self, simplified: str) -> str | None:
        """Of "Lost 5000 rand, Durban": what stands alone at either end, unless it is where somebody else says to be."""
        sentences = [sentence for sentence in _SENTENCE.split(simplified) if sentence.strip()]
        for sentence, at in zip(sentences[:1] + sentences[-1:], (0, -1), strict=False):
            name = _CLAUSE.split(sentence)[at].strip().removeprefix("here ").removeprefix("in ")
            if name in self._being and not _OF_OTHERS.search(sentence):
                return self._being[name]
        return None

    def named(self, simplified: str) -> str | None:
        """The country of a place of which nothing but the name is written, as an answer to where they are."""
        name = simplified.strip(" .。!！").removeprefix("in ").removeprefix("the ")
        return self._codes.get(name) or _ASKED.get(name)


def _pattern(names: Iterable[str], at_zh: str, at_en: str) -> re.Pattern[str] | None:
    # The longer first: South Africa is not the south of something.
    ordered = sorted(names, key=len, reverse=True)
    if not ordered:
        return None
    zh = "|".join(re.escape(name) for name in ordered if not name.isascii())
    en = "|".join(re.escape(name) for name in ordered if name.isascii())
    return re.compile(
        rf"{_I_ZH}{at_zh}(?P<zh>{zh or '(?!)'}){_NOT_THERE}|{_I_EN}{at_en}(?P<en>{en or '(?!)'})\b{_NOT_THERE}"
    )
