"""Which language a page is shown in, and the translations of its sentences."""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from io import BytesIO
from types import MappingProxyType

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from starlette.requests import Request

from knowledge.language import Language

LANGUAGE_COOKIE = "fanzha_language"
LANGUAGE_NAMES: Mapping[Language, str] = MappingProxyType(
    {Language.EN: "English", Language.ZH_HANS: "简体中文", Language.ZH_HANT: "繁體中文"}
)
"""Each language in its own words, as a switch shows them."""


def choose_language(request: Request) -> Language:
    """The language asked for in the address, else in the cookie, else the browser's first one that we speak."""
    for wanted in (request.query_params.get("language"), request.cookies.get(LANGUAGE_COOKIE)):
        language = language_from_tag(wanted or "")
        if language is not None:
            return language
    return _first_spoken(request.headers.get("accept-language", ""))


def language_from_tag(tag: str) -> Language | None:
    """The language of a BCP 47 tag such as `zh-TW`, `zh_Hant_HK` or `en-GB`; None for one we do not speak."""
    parts = tag[:35].replace("_", "-").lower().split("-")
    match parts[0]:
        case "en":
            return Language.EN
        case "zh" | "yue" | "cmn":
            if "hans" in parts:
                return Language.ZH_HANS
            traditional = parts[0] == "yue" or not {"hant", "tw", "hk", "mo"}.isdisjoint(parts)
            return Language.ZH_HANT if traditional else Language.ZH_HANS
        case _:
            return None


def load_translations(language: Language, domains: Iterable[str]) -> NullTranslations:
    """All sentences of `domains` in `language`, earlier domains first; what is missing stays English.

    A catalogue is read compiled; where the project runs from its sources and nothing was compiled, it is compiled here.
    """
    return _together(language, tuple(domains))


@cache
def _together(language: Language, domains: tuple[str, ...]) -> NullTranslations:
    # As a whole: what is added to a catalogue as its fallback changes it.
    found = NullTranslations()
    for domain in domains:
        found.add_fallback(_load(language, domain))
    return found


def _load(language: Language, domain: str) -> NullTranslations:
    folder = files("bot") / "locales" / language.value.replace("-", "_") / "LC_MESSAGES"
    source, compiled = folder / f"{domain}.po", folder / f"{domain}.mo"
    # The source wins where both are there: a compiled file beside a source is only as new as the last build.
    if source.is_file():
        with source.open("rb") as file:
            catalogue = read_po(file, locale=language.value.replace("-", "_"), domain=domain)
        target = BytesIO()
        write_mo(target, catalogue)
        target.seek(0)
        return Translations(target, domain)
    if compiled.is_file():
        with compiled.open("rb") as file:
            return Translations(file, domain)
    return NullTranslations()


def _first_spoken(accepted: str) -> Language:
    wishes = []
    for position, wish in enumerate(accepted[:500].split(",")):
        tag, _, quality = wish.strip().partition(";q=")
        try:
            weight = float(quality) if quality else 1.0
        except ValueError:
            weight = 0.0
        if weight > 0:
            wishes.append((-weight, position, tag))
    for _, _, tag in sorted(wishes):
        language = language_from_tag(tag)
        if language is not None:
            return language
    return Language.EN
