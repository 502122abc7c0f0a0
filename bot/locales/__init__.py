"""The sentences in other languages: gettext catalogues read once, and a translator for each language and place."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO
from typing import Self

from knowledge.language import SPEAK_AS_HONG_KONG, Language

DOMAIN = "fanzha"
"""What the bot says to citizens. The web faces have domains of their own."""

Translator = Callable[[str], str]


class Catalogues:
    """Every catalogue of one domain, in memory."""

    def __init__(self, by_locale: Mapping[str, NullTranslations]) -> None:
        self._by_locale = by_locale

    @classmethod
    def load(cls, domain: str = DOMAIN, *, folder: Traversable | None = None) -> Self:
        """Read the catalogues of the domain out of the installed package (or `folder`)."""
        place = files(__name__) if folder is None else folder
        hans, hant, hong_kong = (_read(place, locale, domain) for locale in ("zh_Hans", "zh_Hant", "zh_Hant_HK"))
        hong_kong.add_fallback(hant)
        return cls({"zh_Hans": hans, "zh_Hant": hant, "zh_Hant_HK": hong_kong})

    def translator(self, language: Language, country: str | None = None) -> Translator:
        """From an English sentence to the same in `language`, in the words of `country` where they differ.

        A sentence without a translation stays English.
        """
        match language:
            case Language.EN:
                return _unchanged
            case Language.ZH_HANS:
                return self._by_locale["zh_Hans"].gettext
            case Language.ZH_HANT:
                locale = "zh_Hant_HK" if country in SPEAK_AS_HONG_KONG else "zh_Hant"
                return self._by_locale[locale].gettext


def _unchanged(sentence: str) -> str:
    return sentence


def _read(place: Traversable, locale: str, domain: str) -> NullTranslations:
    """The source wins where both are there: a compiled file beside a source is only as new as the last build."""
    directory = place / locale / "LC_MESSAGES"
    source, compiled = directory / f"{domain}.po", directory / f"{domain}.mo"
    if source.is_file():
        return GNUTranslations(BytesIO(_compiled(source.read_bytes(), locale, domain)))
    if compiled.is_file():
        return GNUTranslations(BytesIO(compiled.read_bytes()))
    return NullTranslations()


@lru_cache(maxsize=32)
def _compiled(source: bytes, locale: str, domain: str) -> bytes:
    # An installed package has only compiled files, so it never pays for this import.
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - as said above
    from babel.messages.pofile import read_po  # noqa: PLC0415 - as said above

    target = BytesIO()
    write_mo(target, read_po(BytesIO(source), locale=locale, domain=domain))
    return target.getvalue()
