"""Render a packaged template in the reader's language, with everything from outside escaped."""

from collections.abc import Mapping
from datetime import UTC, datetime

from babel.dates import format_date, format_skeleton
from babel.support import NullTranslations
from jinja2 import Environment, PackageLoader, PrefixLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from bot.web.assets import Assets
from bot.web.languages import LANGUAGE_COOKIE, LANGUAGE_NAMES, choose_language, load_translations
from knowledge.language import Language

_YEAR = 365 * 24 * 3600


class Pages:
    """The templates of one face: `web/...` are shared, the face's own lie under its own prefix."""

    def __init__(self, assets: Assets, *, packages: Mapping[str, str], domains: tuple[str, ...]) -> None:
        """Take templates from `packages` (prefix -> package that holds `templates/`) and sentences from `domains`."""
        loader = PrefixLoader({prefix: PackageLoader(package) for prefix, package in packages.items()})
        self._environments = {
            language: _environment(loader, language, load_translations(language, domains), assets)
            for language in Language
        }

    def language(self, request: Request) -> Language:
        """The language this request is answered in."""
        return choose_language(request)

    def sentence(self, language: Language, text: str, /, **values: object) -> str:
        """One sentence of a catalogue outside a template, `%(name)s` filled in; plain text, not yet escaped."""
        translated: str = self._environments[language].globals["translations"].gettext(text)  # type: ignore[attr-defined] # jinja2 types its globals as objects
        return translated % values if values else translated

    def html(self, template: str, language: Language, /, **values: object) -> str:
        """The page as text."""
        return self._environments[language].get_template(template).render(**values)

    def answer(
        self,
        request: Request,
        template: str,
        /,
        *,
        status: int = 200,
        language: Language | None = None,
        **values: object,
    ) -> HTMLResponse:
        """The page as a response; a language asked for in the address is remembered in a cookie."""
        spoken = language or self.language(request)
        switch = [(choice, LANGUAGE_NAMES[choice], str(_with_language(request, choice))) for choice in Language]
        page = self.html(template, spoken, request=request, language_switch=switch, **values)
        response = HTMLResponse(page, status_code=status, headers={"Content-Language": spoken.value})
        if "language" in request.query_params:
            response.set_cookie(
                LANGUAGE_COOKIE,
                spoken.value,
                max_age=_YEAR,
                httponly=True,
                samesite="lax",
                secure=request.url.scheme == "https",
            )
        return response


def _with_language(request: Request, language: Language) -> str:
    if request.method == "POST":
        # What answered a form has no address of its own to come back to.
        return f"/?language={language.value}"
    url = request.url.include_query_params(language=language.value)
    return f"{url.path}?{url.query}"


def _environment(
    loader: PrefixLoader, language: Language, translations: NullTranslations, assets: Assets
) -> Environment:
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined] # added by the extension
    environment.globals.update(language=language, asset=assets.url, translations=translations)
    # A value from outside must not go through `_`, which trusts what it is given: here it stays text to be escaped.
    environment.filters["term"] = lambda value, names: translations.gettext(names[value]) if value in names else value
    environment.filters["day"] = lambda moment: format_date(moment, "medium", locale=_locale(language))
    environment.filters["moment"] = lambda moment: _moment(moment, language)
    environment.filters["iso"] = lambda moment: moment.astimezone(UTC).isoformat(timespec="seconds")
    return environment


def _moment(moment: datetime, language: Language) -> str:
    # Staff and citizens sit in several zones and a server cannot know which: the page says UTC rather than mislead.
    day = format_skeleton("yMMMd", moment, tzinfo=UTC, locale=_locale(language))
    return f"{day} {moment.astimezone(UTC):%H:%M} UTC"


def _locale(language: Language) -> str:
    return {Language.EN: "en_GB", Language.ZH_HANS: "zh_Hans_CN", Language.ZH_HANT: "zh_Hant_TW"}[language]
