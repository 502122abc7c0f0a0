"""Names from the knowledge and of the world, in the reader's language, for the pages."""

from collections.abc import Callable
from datetime import datetime

from babel import Locale
from babel.dates import format_timedelta
from babel.numbers import format_currency

from bot.services.tipbox import BoxedObservable
from bot.staff.telling import defang, show_hidden
from knowledge.catalogue import Catalogue
from knowledge.language import Language, in_language
from knowledge.observables import Money

QuestionText = Callable[[str, Language], str | None]
"""The text of a question the conversation asks, by its id; None for one it does not know any more."""

_LOCALES = {Language.EN: "en_GB", Language.ZH_HANS: "zh_Hans_CN", Language.ZH_HANT: "zh_Hant_TW"}


class Lookup:
    """What a page needs to name what a tip only points to. A name that is gone is shown as its id."""

    def __init__(self, catalogue: Catalogue, language: Language, now: datetime, question_text: QuestionText) -> None:
        """Speak `language`; ages count to `now`."""
        self._catalogue = catalogue
        self._language = language
        self._now = now
        self._question_text = question_text
        self._locale = Locale.parse(_LOCALES[language])

    def pattern(self, pattern_id: str | None) -> str:
        """A pattern's name; empty for none."""
        if pattern_id is None:
            return ""
        known = self._catalogue.by_id.get(pattern_id)
        return pattern_id if known is None else in_language(known.name, self._language)

    def red_flag(self, pattern_id: str, flag_id: str) -> str:
        """A red flag's name."""
        known = self._catalogue.by_id.get(pattern_id)
        for flag in known.red_flags if known else ():
            if flag.id == flag_id:
                return in_language(flag.name, self._language)
        return flag_id.replace("-", " ")

    def question(self, question_id: str) -> str:
        """What was asked."""
        return self._question_text(question_id, self._language) or question_id.replace("-", " ").replace("_", " ")

    def country(self, code: str | None) -> str:
        """A country's name; empty when it is not known."""
        return "" if not code else self._locale.territories.get(code, code)

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

    def observable(self, seen: BoxedObservable) -> str:
        """An observable's value as a page may show it: harmless, and money written as money."""
        if seen.money is None:
            return defang(seen.type, seen.value)
        money = Money(*seen.money)
        if money.currency in self._locale.currencies and money.currency != "XXX":
            return format_currency(money.decimal, money.currency, locale=self._locale)
        return show_hidden(str(money))
