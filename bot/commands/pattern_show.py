"""`fanzha patterns show`: one pattern as a page to read."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from knowledge.language import Language
    from knowledge.pattern import Pattern

_PHRASINGS_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it, a line each."""

    heading: str
    lines: tuple[str, ...]


def show(
    pattern_id: Annotated[str, typer.Argument(metavar="ID", help="One of those that fanzha patterns lists.")],
    language: Annotated[str, typer.Option(help="en, zh-Hans or zh-Hant.")] = "en",
) -> None:
    """Show a pattern whole: what it is, how it unfolds, what gives it away, what to do, and where it was read."""
    from rich.console import Console

    from bot.app.faults import Fault
    from bot.commands.asking import language_named
    from knowledge.catalogue import shipped_catalogue

    spoken = language_named(language)
    catalogue = shipped_catalogue()
    if pattern_id not in catalogue:
        raise Fault(
            f"There is no pattern {pattern_id}; fanzha patterns lists all.{_nearest(pattern_id, catalogue.by_id)}"
        )
    sections = page(catalogue[pattern_id], spoken, {pattern.id: pattern.name[spoken] for pattern in catalogue})
    console = Console()
    if not console.is_terminal:
        for section in sections:
            typer.echo("\n".join((section.heading, *(f"  {line}" for line in section.lines), "")))
        return
    from rich.padding import Padding
    from rich.text import Text

    for section in sections:
        console.print(Text(section.heading, style="bold"))
        for line in section.lines:
            console.print(Padding(Text(line), (0, 0, 0, 2)))
        console.print()


def page(pattern: "Pattern", language: "Language", names: "Mapping[str, str]") -> "Iterator[Section]":
    """The pattern's own texts in `language` under English headings; `names` are those of its neighbours by id."""
    yield Section(
        f"{pattern.name[language]} ({pattern.id})",
        (pattern.gist[language], f"Severity: {pattern.severity}", f"Version: {pattern.version}"),
    )
    stages = enumerate(pattern.stages, start=1)
    yield Section("How it unfolds", tuple(f"{at}. {stage.text[language]}" for at, stage in stages))
    yield Section("What usually comes next", (pattern.next[language],))
    flags: list[str] = []
    for flag in pattern.red_flags:
        honest = " (honest messages have it too)" if flag.honest_alone else ""
        flags.append(f"* {flag.name[language]}{honest}")
        flags += [f"    “{phrasing}”" for phrasing in flag.phrasings[language][:_PHRASINGS_SHOWN]]
    yield Section("What gives it away", tuple(flags))
    for stage, texts in pattern.advice.items():
        yield Section(f"What to do: {stage.replace('-', ' ')}", (texts[language],))
    questions: list[str] = []
    for question in pattern.questions:
        others = ", ".join(f"{names.get(other, other)} ({other})" for other in question.against)
        questions += [f"* {question.text[language]}", f"    yes speaks against: {others}"]
    yield Section("Questions that tell it from its neighbours", tuple(questions))
    said = ("tellings", pattern.tellings), ("scripts", pattern.scripts)
    counted = tuple(
        f"{name}: {', '.join(f'{len(texts)} {own}' for own, texts in own_texts.items())}" for name, own_texts in said
    )
    yield Section("What it was learned from", counted)
    if pattern.codes:
        yield Section("Codes", tuple(f"{system}: {'; '.join(codes)}" for system, codes in pattern.codes.items()))
    yield Section("Sources", tuple(_source(pattern)))
    yield Section("History", pattern.history)


def _source(pattern: "Pattern") -> "Iterator[str]":
    for source in pattern.sources:
        yield " ".join(part for part in (f"{source.publisher}: {source.title} ({source.date})", source.url) if part)


def _nearest(pattern_id: str, known: "Mapping[str, Pattern]") -> str:
    from difflib import get_close_matches

    near = get_close_matches(pattern_id, list(known), n=3)
    return f" Did you mean {' or '.join(near)}?" if near else ""
