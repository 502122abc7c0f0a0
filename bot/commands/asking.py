"""What several commands ask of their arguments and of the terminal."""

import os
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from knowledge.language import Language


def language_named(tag: str) -> "Language":
    """The language of a tag such as zh-Hans or zh_TW. Raises BadParameter."""
    from bot.web.languages import language_from_tag

    language = language_from_tag(tag)
    if language is None:
        raise typer.BadParameter("it is one of en, zh-Hans, zh-Hant", param_hint="--language")
    return language


def tag_of_terminal() -> str | None:
    """The language and place this terminal is set to, such as zh-TW; None where it says nothing."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        tag = os.environ.get(name, "").partition(".")[0].partition("@")[0]
        if tag:
            return None if tag in ("C", "POSIX") else tag.replace("_", "-")
    return None
