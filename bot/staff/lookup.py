"""Names from the knowledge and of the world, in the reader's language, for the pages."""

from datetime import date, datetime, timedelta

from babel import Locale
from babel.dates import format_skeleton, format_timedelta
from babel.numbers import format_currency
from babel.units import format_unit

from bot.conversation.answers import NOT_KNOWN
from bot.conversation.buttons import LABELS
from bot.conversation.questions import BY_ID
from bot.locales import Catalogues
from bot.services.tipbox import BoxedObservable
from bot.staff.telling import defang, show_hidden
from knowledge.catalogue import Catalogue
from knowledge.language import Language, in_language
from knowledge.observables import Money, ObservableType

_LOCALES = {Language.EN: "en_GB", Language.ZH_HANS: "zh_Hans_CN", Language.ZH_HANT: "zh_Hant_TW"}


# Their value is an id of our own; the words as written say it better.
_NAMES = frozenset({ObservableType.PLATFORM, ObservableType.BANK, ObservableType.RAIL})


class Lookup:
    """What a page needs to name what a tip only points to. A name that is gone is shown as its id."""

    def __init__(self, catalogue: Catalogue, sentences: Catalogues, language: Language, now: datetime) -> None:
        """Speak `language`; ages count to `now`."""
        self._catalogue = catalogue
        self._language = language
        self._now = now
        self._say = sentences.translator(language)
        self._locale = Locale.parse(_LOCALES[language])

    def pattern(self, pattern_id: str | None) -> str:
        """A pattern's name; empty for none."""
        if pattern_id is None:
            return ""
        known = self._catalogue.by_id.get(pattern_id)
        return pattern_id if known is None else in_language(known.name, self._language)

    def knows(self, pattern_id: str) -> bool:
        """Whether it is known still."""
        return pattern_id in self._catalogue

    def patterns(self) -> list[tuple[str, str]]:
        """Every known scam's id and name, by name."""
        named = [(pattern.id, in_language(pattern.name, self._language)) for pattern in self._catalogue]
        return sorted(named, key=lambda one: (one[1].casefold(), one[0]))

    def red_flag(self, pattern_id: str, flag_id: str) -> str:
        """A red flag's name."""
        known = self._catalogue.by_id.get(pattern_id)
        for flag in known.red_flags if known else ():
            if flag.id == flag_id:
                return in_language(flag.name, self._language)
        return flag_id.replace("-", " ")

    def question(self, question_id: str) -> str:
        """What was asked, of the conversation's own questions or of a pattern's (`pattern/question`); else the id."""
        if question_id in BY_ID:
            return self._say(BY_ID[question_id].text)
        pattern_id, _, own = question_id.partition("/")
        known = self._catalogue.by_id.get(pattern_id)
        for question in known.questions if known else ():
            if question.id == own:
                return in_language(question.text, self._language)
        return question_id.replace("-", " ")

    def answer(self, question_id: str, value: str) -> str:
        """What was answered: a button's label, or the words as they were typed."""
        if value == NOT_KNOWN:
            return self._say(LABELS["dont-know"])
        for button in (f"{question_id}:{value}", f"answer:{value}", f"clarify:{value}", f"held:{value}"):
            if button in LABELS and (button.startswith(question_id) or not self._is_typed(question_id)):
                return self._say(LABELS[button])
        return show_hidden(value)

    def _is_typed(self, question_id: str) -> bool:
        """Whether people answer it in their own words, in which "yes" is only a word."""
        return question_id in BY_ID and not BY_ID[question_id].choices

    def country(self, code: str | None) -> str:
        """A country's name; empty when it is not known."""
        return "" if not code else self._locale.territories.get(code, code)

    def hours_left(self, moment: datetime) -> str:
        """The same in whole hours up to three days: what banks count in."""
        left = max(moment - self._now, timedelta(0))
        hours = left // timedelta(hours=1)
        return (
            format_unit(hours, "duration-hour", "short", locale=self._locale) if 1 <= hours <= 72 else self.left(moment)
        )

    def countries(self) -> list[tuple[str, str]]:
        """Every country's code and name, by name."""
        named = [(code, name) for code, name in self._locale.territories.items() if len(code) == 2 and code.isalpha()]
        return sorted(named, key=lambda one: one[1].casefold())

    def language(self, tag: str) -> str:
        """A language's name."""
        try:
            return Locale.parse(tag, sep="-").get_display_name(self._locale) or tag
        except (ValueError, LookupError):
            return tag

    def age(self, moment: datetime) -> str:
        """How long ago, roughly."""
        return format_timedelta(moment - self._now, add_direction=True, locale=self._locale)

    def left(self, moment: datetime) -> str:
        """How much time is left until then, roughly."""
        return format_timedelta(max(moment - self._now, self._now - self._now), locale=self._locale)

    def days(self, count: int) -> str:
        """So many days ago."""
        return format_timedelta(
            timedelta(days=-count), add_direction=True, granularity="day", threshold=99, locale=self._locale
        )

    def took(self, span: timedelta) -> str:
        """How long something took: minutes up to 60, then hours up to 48, then days, to a tenth."""
        minutes = span.total_seconds() / 60
        for most, unit, size in ((60, "duration-minute", 1), (48 * 60, "duration-hour", 60)):
            if minutes < most:
                return format_unit(round(minutes / size, 0 if size == 1 else 1), unit, "short", locale=self._locale)
        return format_unit(round(minutes / 60 / 24, 1), "duration-day", "short", locale=self._locale)

    def day(self, day: date) -> str:
        """A day without its year, short enough for a chart's foot."""
        return format_skeleton("MMMd", day, locale=self._locale)

    def observable(self, seen: BoxedObservable) -> str:
        """An observable's value as a page may show it: harmless, and money written as money."""
        if seen.type in _NAMES:
            return show_hidden(seen.text)
        if seen.money is None:
            return defang(seen.type, seen.value)
        money = Money(*seen.money)
        if money.currency in self._locale.currencies and money.currency != "XXX":
            return format_currency(money.decimal, money.currency, locale=self._locale)
        return show_hidden(str(money))
