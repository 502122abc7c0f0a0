"""`fanzha match`: the matcher for other programs, line by line."""

from pathlib import Path
from typing import Annotated

import typer


def match(
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="JSON lines in, JSON lines out; the only form there is.")
    ] = False,
    examples: Annotated[
        Path | None,
        typer.Option(
            help='Lines {"text","label"}: tell these labels apart, and no others.', dir_okay=False, exists=True
        ),
    ] = None,
) -> None:
    """Read lines {"id","text"} from standard input and answer each, in the same order."""
    import sys
    from datetime import UTC, datetime
    from functools import partial

    from knowledge.jsonl import BadLine, match_lines, read_examples
    from knowledge.matching import Matcher
    from knowledge.observables import Extractor
    from knowledge.shipped import shipped_release

    if not jsonl:
        raise typer.BadParameter("say --jsonl: lines of JSON are the only form there is", param_hint="--jsonl")
    knowledge = shipped_release()
    bad: tuple[BadLine, ...] = ()
    if examples is None:
        matcher = knowledge.matcher
    else:
        with examples.open("rb") as file:
            learned, bad = read_examples(file)
        matcher = knowledge.matcher
        if learned:
            matcher = Matcher.telling_apart(learned, knowledge.ground, knowledge.catalogue.by_id)
    for line in bad:
        typer.echo(f"{examples}: {line}", err=True)
    has_bad = bool(bad)
    extractor, now = Extractor.shipped(), datetime.now(UTC)
    observe = partial(extractor.extract, country=None, now=now)
    for answer in match_lines(sys.stdin.buffer, matcher, observe):
        if isinstance(answer, BadLine):
            has_bad = True
            typer.echo(str(answer), err=True)
        else:
            sys.stdout.write(answer + "\n")
            sys.stdout.flush()
    raise typer.Exit(2 if has_bad else 0)
