"""Templates are made into programs once, whatever language they are asked for in."""

import jinja2
import pytest

from bot.web import pages as pages_module
from bot.web.assets import Assets
from bot.web.pages import Pages
from knowledge.language import Language


def _pages() -> Pages:
    return Pages(Assets(), packages={"web": "bot.web"}, domains=("web",))


def test_a_template_is_compiled_once_for_all_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    # What other tests have looked at in this process does not count.
    monkeypatch.setattr(pages_module, "_COMPILED", type(pages_module._COMPILED)())
    _pages().html("web/icons.html", Language.EN)

    def compiled(*_: object) -> None:
        raise AssertionError("compiled again")

    monkeypatch.setattr(jinja2.Environment, "_compile", compiled)
    for language in Language:
        _pages().html("web/icons.html", language)
    with pytest.raises(AssertionError, match="compiled again"):
        _pages().html("web/error.html", Language.EN)
