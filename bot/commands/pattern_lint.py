"""`fanzha patterns lint`: what is missing in a pattern, what collides, and what goes astray."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knowledge.catalogue import Drafts
    from knowledge.editing.texts import Hint
    from knowledge.ordinary import OrdinaryMessage
    from knowledge.pattern import Pattern
    from knowledge.text import Normaliser


def lint(
    files: Annotated[
        list[Path] | None, typer.Argument(metavar="FILE", help="All shipped ones, if none is named.")
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Learn nothing: what is missing and what collides.")] = False,
    most: Annotated[int, typer.Option(min=0, help="How many texts that go astray are told of, a file.")] = 10,
) -> None:
    """Say what to mend in pattern files, and what would make them better; exit code 1 if there is something to mend."""
    from knowledge.catalogue import read_drafts
    from knowledge.ordinary import shipped_ordinary
    from knowledge.shipped import PACKAGE
    from knowledge.text import shipped_normaliser

    drafts = read_drafts(files or (), PACKAGE / "patterns")
    _tell("Faults: the file cannot be loaded before they are mended.", drafts.faults)
    if drafts.left_out:
        typer.echo(f"Not compared with, for faults of their own: {', '.join(drafts.left_out)}\n", err=True)
    ordinary, normaliser = shipped_ordinary(), shipped_normaliser()
    hints = list(_collisions(drafts, ordinary, normaliser))
    _tell("Collisions: words that speak for something else as well.", hints)
    if not quick and drafts.sound:
        hints += _learned(drafts, ordinary, normaliser, most=most)
    if not quick and len(drafts.sound) < len(drafts.patterns):
        typer.echo("Which texts go astray is told once the faults are mended.\n")
    files_read = len(files or drafts.patterns)
    typer.echo(f"{files_read} file(s), {len(drafts.faults)} fault(s), {len(hints)} hint(s)")
    raise typer.Exit(1 if drafts.faults else 0)


def _collisions(drafts: "Drafts", ordinary: "Sequence[OrdinaryMessage]", normaliser: "Normaliser") -> "Iterator[Hint]":
    from knowledge.editing.collisions import phrasings_elsewhere, shared_phrasings
    from knowledge.editing.repeats import repeats
    from knowledge.editing.texts import known_texts, phrasings

    own = phrasings(drafts.patterns, normaliser)
    texts = known_texts([*drafts.patterns, *drafts.others], ordinary, normaliser)
    yield from shared_phrasings(own, [*own, *phrasings(drafts.others, normaliser)])
    yield from phrasings_elsewhere(own, texts)
    yield from repeats({pattern.id for pattern in drafts.patterns}, texts)


def _learned(
    drafts: "Drafts", ordinary: "Sequence[OrdinaryMessage]", normaliser: "Normaliser", *, most: int
) -> "Sequence[Hint]":
    typer.echo("Learning anew with what was written: half a minute or so ...", err=True)
    from knowledge.editing.astray import recognised, texts_astray
    from knowledge.editing.texts import known_texts, phrasings
    from knowledge.editing.unfound import phrasings_unfound
    from knowledge.learning import learn_and_try
    from knowledge.matching import Matcher

    sound: Sequence[Pattern] = [pattern for pattern in drafts.patterns if pattern.id in drafts.sound]
    patterns = {pattern.id: pattern for pattern in (*sound, *drafts.others)}
    tried = learn_and_try(patterns.values(), ordinary, normaliser)
    matcher = Matcher(tried.ground.learned, patterns, normaliser)
    unfound = list(phrasings_unfound(phrasings(sound, normaliser), matcher))
    _tell("Phrasings that are not found: no warning could give them as its reason.", unfound)
    texts = known_texts(patterns.values(), ordinary, normaliser)
    astray = texts_astray(drafts.sound, tried, texts, patterns)
    for pattern in sound:
        typer.echo(recognised(pattern.id, tried, texts))
        own = [one.hint() for one in astray if one.text.pattern == pattern.id]
        if own:
            shown = own[:most]
            rest = f", the worst {len(shown)} of {len(own)}; --most {len(own)} shows all" if len(own) > most else ""
            _tell(f"Taken for another scam{rest}:", shown)
    return [*unfound, *(one.hint() for one in astray)]


def _tell(title: str, remarks: "Sequence[object]") -> None:
    """Said in the order they were found; nothing where there are none."""
    from bot.channels.terminal import harmless

    if remarks:
        typer.echo(title)
        for remark in remarks:
            typer.echo(f"  {harmless(str(remark))}")
        typer.echo()
