"""In which of the countries that are served a reporter is, guessed from what they wrote."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Self

import opencc
from phonenumbers import NumberParseException, parse, region_code_for_number

from knowledge.elsewhere import SaidPlaces
from knowledge.language import Language
from knowledge.observables import Observable, ObservableType, Vocabulary, shipped_vocabulary
from knowledge.observables.countries import CUSTOMS, TRIED
from knowledge.places_file import Country, Heard, shipped_places


class PlaceReader:
    """Weighs what a text tells of its writer's country; built once."""

    def __init__(self, countries: Iterable[Country], vocabulary: Vocabulary) -> None:
        countries = tuple(countries)
        self._converter = opencc.OpenCC("t2s")
        named = (at for at in countries if at.heard is Heard.NAMED)
        self._places = _index((self._simple(word), at.code) for at in named for word in at.places)
        self._said = SaidPlaces(countries)
        self._words = _index((self._simple(word), at.code) for at in countries for word in at.words)
        self._dialect = _index((word, country.code) for country in countries for word in country.dialect)
        self._numbers = _index((number, country.code) for country in countries for number in country.numbers)
        self._named = {
            **_named(ObservableType.RAIL, ((name, country.code) for country in countries for name in country.rails)),
            **_named(ObservableType.PLATFORM, ((name, at.code) for at in countries for name in at.platforms)),
            **_named(ObservableType.BANK, vocabulary.bank_countries.items()),
        }
        self._currencies = {currency: country.code for country in countries for currency in country.currencies}

    @classmethod
    def shipped(cls) -> Self:
        """With the files inside the installed package."""
        return cls(shipped_places(), shipped_vocabulary())

    def guess(
        self, text: str, *, language: Language | None, observables: Iterable[Observable], hint: str | None = None
    ) -> str | None:
        """The country (ISO 3166) that most in the text speaks for; None where nothing does, or too much does equally;
        ELSEWHERE where the writer says to be in a country that is not served.

        Where somebody is held or travels to is not where the reporter is: such mentions count for nothing. Where the
        text is silent or undecided, `hint` (a country, or a language tag with one: "zh-HK") decides, then the script.
        Pass observables that were extracted with no country, or they repeat an earlier guess.
        """
        small = text.lower()
        simplified = self._simple(small)
        said = self._said.country(simplified)
        if said is not None:
            return said
        weights = Counter[str]()
        is_traditional = language is Language.ZH_HANT
        for code, weight in (*self._told(small, simplified, is_traditional), *self._seen(observables)):
            weights[code] += weight
        most = max(weights.values(), default=0)
        # A single everyday word tells less than what the channel knows of its user.
        best = {code for code, weight in weights.items() if weight == most} if most > 1 else set()
        if len(best) == 1:
            return best.pop()
        hinted = _hinted(hint)
        if hinted is not None and (not best or hinted in best):
            return hinted
        if not best and most:
            best = {code for code, weight in weights.items() if weight == most}
            if len(best) == 1:
                return best.pop()
        # A channel that knows its user from another country says that the usual one is not theirs.
        usual = _USUAL.get(language, ()) if language and not _is_foreign(hint) else ()
        return next((code for code in usual if not best or code in best), None)

    def named(self, text: str) -> str | None:
        """The country of a place that `text` names and nothing else, as an answer to where they are; ELSEWHERE for one
        that is not served; None where it names none."""
        return self._said.named(self._simple(text))

    def _told(self, small: str, simplified: str, is_traditional: bool) -> Iterator[tuple[str, int]]:
        """Countries and weights from the words of the text; each word counts once."""
        for word, codes in self._places.items():
            # Most words are nowhere in it: to see that is quick, to begin to look is not.
            if word in simplified and any(
                _is_home(simplified, start, start + len(word)) for start in _starts(simplified, word)
            ):
                yield from ((code, _PLACE) for code in codes)
        for index, where, weight in ((self._words, simplified, _WORD), (self._dialect, small, _DIALECT)):
            for word, codes in index.items():
                if word in where and next(_starts(where, word), None) is not None:
                    # Whoever writes traditional characters and speaks of 公安 was rung up by one, or by a false one.
                    yield from ((code, 1 if is_traditional and code == _MAINLAND else weight) for code in codes)
        for number, codes in self._numbers.items():
            if number in simplified and any(
                _is_called(simplified, start, start + len(number)) for start in _starts(simplified, number)
            ):
                yield from ((code, _NUMBER if len(codes) > 1 else _WORD) for code in codes)

    def _simple(self, text: str) -> str:
        return str(self._converter.convert(text.lower()))

    def _seen(self, observables: Iterable[Observable]) -> Iterator[tuple[str, int]]:
        """Countries and weights from the observables; a value counts once however often it is told."""
        for kind, value in sorted({(seen.type, seen.value) for seen in observables if seen.money is None}):
            if kind is ObservableType.PHONE:
                yield from ((code, _PHONE) for code in _phone_country(value))
            for code in self._named.get((kind, value), ()):
                yield code, _BANK if kind is ObservableType.BANK else _SERVICE
        # A currency that was only guessed would repeat the guess.
        for currency in sorted({seen.money.currency for seen in observables if seen.money and seen.checked}):
            if currency in self._currencies:
                yield self._currencies[currency], _CURRENCY


def guess_country(
    text: str,
    *,
    language: Language | None,
    observables: Iterable[Observable],
    hint: str | None = None,
    reader: PlaceReader | None = None,
) -> str | None:
    """`PlaceReader.guess` in one call; without a `reader` one is built each time."""
    return (reader or PlaceReader.shipped()).guess(text, language=language, observables=observables, hint=hint)


def _index(pairs: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    index: dict[str, tuple[str, ...]] = {}
    for word, code in pairs:
        if code not in index.get(word, ()):
            index[word] = (*index.get(word, ()), code)
    return index


def _named(
    kind: ObservableType, pairs: Iterable[tuple[str, str]]
) -> Mapping[tuple[ObservableType, str], tuple[str, ...]]:
    return {(kind, name): codes for name, codes in _index(pairs).items()}


def _starts(text: str, word: str) -> Iterator[int]:
    """Where the word stands by itself: a Latin word or number is no part of a longer one."""
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        inside = (start and _is_latin(word[0]) and _is_latin(text[start - 1])) or (
            end < len(text) and _is_latin(word[-1]) and _is_latin(text[end])
        )
        if not inside:
            yield start
        start = text.find(word, start + 1)


def _is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()


def _is_home(text: str, start: int, end: int) -> bool:
    """Whether a place is not a destination, somebody else's origin, a street, a product or the end of a link."""
    return (
        text[start - 1 : start] != "."
        and not _ELSEWHERE.search(text, max(0, start - 24), start)
        and not _NO_PLACE.match(text, end)
    )


def _is_called(text: str, start: int, end: int) -> bool:
    """Whether a short number is one to call: in figures alone, 165 and 999 mean anything."""
    return bool(_CALLS.search(text, max(0, start - 20), start) or _IS_CALLED.match(text, end))


def _phone_country(number: str) -> Iterator[str]:
    try:
        region = region_code_for_number(parse(number, None))
    except NumberParseException:
        return
    if region in TRIED:
        yield str(region)


def _is_foreign(hint: str | None) -> bool:
    """Whether a tag names a country that is not served, such as zh-SE."""
    regions = [part for part in (hint or "").replace("_", "-").split("-")[1:] if len(part) == _REGION]
    return any(region.upper() not in CUSTOMS for region in regions)


_REGION = 2
_MAINLAND = "CN"


def _hinted(hint: str | None) -> str | None:
    """The country of "TW", "zh-TW" or "zh-Hant-TW"; None where the tag names none that is served."""
    last = re.split("[-_]", hint)[-1].upper() if hint else ""
    return last if last in CUSTOMS and (len(hint or "") > 2 or (hint or "").isupper()) else None


# How much each kind of clue tells. A phone is the swindler's as often as not.
_PLACE, _WORD, _BANK, _CURRENCY, _SERVICE, _DIALECT, _NUMBER, _PHONE = 3, 2, 2, 3, 1, 1, 1, 1

# What a script is written in most, where nothing else tells. English tells nothing.
_USUAL: Mapping[Language, tuple[str, ...]] = {
    Language.ZH_HANS: ("CN", "SG", "MY"),
    Language.ZH_HANT: ("TW", "HK", "MO"),
}
_ELSEWHERE = re.compile(
    r"(?:去|到|赴|往|飞|抵达|偷渡|回|被带|卖到|骗去|逃到|来自|"
    r"(?:他|她|对方|自称|说是|号称|网友|佢|骗子|男的|女的|男人|女人|那人|此人|客服)[^,。,.!?\n]{0,12}(?:在|是|从)|(?:说|话)(?:自己|本人|人)?(?:在|是|喺)|"
    r"(?<![a-z])(?:to|via|visit(?:ing)?|towards?|leaving for|(?:ticket|flight) for|"
    r"(?:jobs?|work|offers?|positions?|roles?|vacanc(?:y|ies)) in|"
    r"(?:he|she|they|who)(?:'s| is| was| lives| works| said he was| says he is| says she is| claims to be)?"
    r"(?: living| working| based| stuck)? (?:in|from)|"
    r"(?:man|woman|guy|girl|lady|someone|somebody|agent|officer|company|friend)(?: who is)? (?:in|from)))"
    r" ?(?:the |了|过)?$"
)
_NO_PLACE = re.compile(
    r"(?:[东西南北]?[路街]|人(?!民)|籍|银行|商银|号码|公司|公安|警方|警察|市局|海关|法院|检察|通管局|茶|六合彩|客户|旅游|旅行|机票|签证|工作|打工|上班|返工|读书|做(?:工程|生意|项目|石油|地产|投资)|高薪|的?(?:一家|朋友|网友|老板|男友|女友)|"
    r" ?(?:number|company|based|visa|trip|flight|man|woman|guy|lady|job|office|branch|dollars?))"
)
_CALLS = re.compile(
    r"(?:打|拨|报|致电|联系|(?<![a-z])(?:call(?:ed|ing)?|dial(?:led|ed)?|rang|ring|phoned?|text(?:ed)?|to|contact(?:ed)?))"
    r"(?:了|过|给|通|警|咗|电话| |the|police|it){0,4}$"
)
_IS_CALLED = re.compile(r" ?(?:专线|热线|反诈|报案|报警|警察|hotline|helpline|police)")
