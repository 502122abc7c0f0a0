"""Render a packaged template in the reader's language, with everything from outside escaped."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from types import CodeType
from urllib.parse import urlencode

from babel.dates import format_date, format_skeleton, get_timezone_location
from babel.support import NullTranslations
from jinja2 import BytecodeCache, Environment, PackageLoader, PrefixLoader, StrictUndefined
from jinja2.bccache import Bucket
from starlette.requests import Request
from starlette.responses import HTMLResponse

from bot.web.assets import Assets
from bot.web.languages import LANGUAGE_COOKIE, LANGUAGE_NAMES, choose_language, load_translations
from bot.web.themes import THEME_NAMES, Theme, choose_theme, keep_theme
from knowledge.language import Language

_YEAR = 365 * 24 * 3600


class Pages:
    """The templates of one face: `web/...` are shared, the face's own lie under its own prefix."""

    def __init__(
        self, assets: Assets, *, packages: Mapping[str, str], domains: tuple[str, ...], zone: tzinfo = UTC
    ) -> None:
        """Take templates from `packages` (prefix -> package that holds `templates/`) and sentences from `domains`; say
        times in `zone`."""
        loader = PrefixLoader({prefix: PackageLoader(package) for prefix, package in packages.items()})
        self._environments = {
            language: _environment(loader, language, load_translations(language, domains), assets, zone)
            for language in Language
        }

    def language(self, request: Request) -> Language:
        """The language this request is answered in."""
        return choose_language(request)

    def sentence(self, language: Language, text: str, /, **values: object) -> str:
        """One sentence of a catalogue outside a template, `%(name)s` filled in; plain text, not yet escaped."""
        translated: str = self._environments[language].globals["translations"].gettext(text)  # type: ignore[attr-defined] # jinja2 types its globals as objects
        return translated % values if values else translated

    def moment(self, language: Language, moment: datetime) -> str:
        """A time as pages say it."""
        said: str = self._environments[language].filters["moment"](moment)
        return said

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
        """The page as a response; a language or a look asked for in the address is remembered in a cookie."""
        spoken = language or self.language(request)
        switch = [(choice, LANGUAGE_NAMES[choice], _with(request, language=choice)) for choice in Language]
        page = self.html(
            template,
            spoken,
            request=request,
            language_switch=switch,
            theme=choose_theme(request),
            theme_switch=[
                (choice, self.sentence(spoken, THEME_NAMES[choice]), _with(request, theme=choice)) for choice in Theme
            ],
            **values,
        )
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
        keep_theme(request, response, lasts=timedelta(seconds=_YEAR))
        return response


def _with(request: Request, **wanted: Language | Theme) -> str:
    """The address of this page with what is wanted in it."""
    asked = {name: value.value for name, value in wanted.items()}
    if request.method == "POST":
        # What answered a form has no address of its own to come back to.
        return f"/?{urlencode(asked)}"
    url = request.url.include_query_params(**asked)
    return f"{url.path}?{url.query}"


class _CompiledOnce(BytecodeCache):
    """In this process: a template is the same program in each language, for only what it asks for differs."""

    def __init__(self) -> None:
        self._programs: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._programs.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._programs[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _CompiledOnce()


def _environment(
    loader: PrefixLoader, language: Language, translations: NullTranslations, assets: Assets, zone: tzinfo
) -> Environment:
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
        bytecode_cache=_COMPILED,
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined] # added by the extension
    environment.globals.update(language=language, asset=assets.url, translations=translations)
    # Where the times are those of; said once on a page whose times do not say it themselves.
    environment.globals["time_place"] = (
        "" if zone is UTC else get_timezone_location(zone, locale=_locale(language), return_city=True)
    )
    # A value from outside must not go through `_`, which trusts what it is given: here it stays text to be escaped.
    environment.filters["term"] = lambda value, names: translations.gettext(names[value]) if value in names else value
    environment.filters["day"] = lambda moment: format_date(_at(moment, zone), "medium", locale=_locale(language))
    environment.filters["moment"] = lambda moment: _moment(moment, language, zone)
    environment.filters["iso"] = lambda moment: moment.astimezone(UTC).isoformat(timespec="seconds")
    return environment


def _moment(moment: datetime, language: Language, zone: tzinfo) -> str:
    day = format_skeleton("yMMMd", moment, tzinfo=zone, locale=_locale(language))
    # Said with each time, where no page says once for all of them which zone is meant.
    return f"{day} {moment.astimezone(zone):%H:%M}{' UTC' if zone is UTC else ''}"


def _at(moment: date, zone: tzinfo) -> date:
    return moment.astimezone(zone) if isinstance(moment, datetime) else moment


def _locale(language: Language) -> str:
    return {Language.EN: "en_GB", Language.ZH_HANS: "zh_Hans_CN", Language.ZH_HANT: "zh_Hant_TW"}[language]
