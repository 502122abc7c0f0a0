"""`fanzha patterns diff`: what a changed pattern changes, in its texts and in the scores."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knowledge.editing.changes import Change
    from knowledge.editing.comparison import Comparison
    from knowledge.pattern import Pattern


def diff(
    file: Annotated[Path, typer.Argument(help="The changed pattern, or a new one.", exists=True, dir_okay=False)],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object, for programs.")] = False,
    texts: Annotated[
        Path | None,
        typer.Option(
            help='Measure on these lines {"text","patterns":[...]} too; else on tests/knowledge/texts.jsonl, if there.',
            exists=True,
            dir_okay=False,
        ),
    ] = None,
) -> None:
    """Compare a pattern file with the shipped pattern of its id: its texts, and how the scores moved."""
    from bot.app.faults import Fault
    from knowledge.catalogue import read_drafts
    from knowledge.editing.changes import changes, teaches
    from knowledge.errors import CatalogueError
    from knowledge.shipped import PACKAGE

    shipped = PACKAGE / "patterns"
    if file.resolve().parent == shipped.resolve():
        raise Fault("That is the shipped file itself. Copy it to another folder, change the copy, and compare that.")
    drafts = read_drafts([file], shipped)
    if drafts.faults:
        raise CatalogueError(drafts.faults)
    if drafts.left_out:
        typer.echo(f"Measured without, for faults of their own: {', '.join(drafts.left_out)}", err=True)
    (after,) = drafts.patterns
    before = _shipped_one(shipped / file.name)
    found = changes(before, after)
    comparison = None
    if any(teaches(change) for change in found):
        comparison = _compare(drafts.others, before, after, texts or PACKAGE.parent / "tests/knowledge/texts.jsonl")
    if as_json:
        typer.echo(_as_json(after.id, before, found, comparison))
        return
    _tell_changes(after.id, before, found)
    if comparison is not None:
        _tell_scores(comparison)
    elif found:
        typer.echo("None of it is learned from: the scores stay as they are.")


def _shipped_one(path: Path) -> "Pattern | None":
    from knowledge.catalogue import read_drafts
    from knowledge.errors import CatalogueError

    if not path.exists():
        return None
    drafts = read_drafts([path], path.parent)
    if drafts.faults:
        raise CatalogueError(drafts.faults)
    return drafts.patterns[0]


def _compare(others: "Sequence[Pattern]", before: "Pattern | None", after: "Pattern", apart_file: Path) -> "Comparison":
    typer.echo("Learning without the change, then with it: two minutes or so ...", err=True)
    from knowledge.editing.comparison import Comparison, learn_and_measure
    from knowledge.editing.trial_texts import read_trial_texts
    from knowledge.ordinary import shipped_ordinary
    from knowledge.text import shipped_normaliser

    lines = apart_file.read_text(encoding="utf-8").split("\n") if apart_file.exists() else []
    apart = read_trial_texts(lines, apart_file.name)
    ordinary, normaliser = shipped_ordinary(), shipped_normaliser()
    old = [*others, *([] if before is None else [before])]
    return Comparison(
        learn_and_measure(old, ordinary, normaliser, apart),
        learn_and_measure([*others, after], ordinary, normaliser, apart),
    )


def _tell_changes(pattern_id: str, before: "Pattern | None", found: "Sequence[Change]") -> None:
    from bot.channels.terminal import harmless

    if before is None:
        typer.echo(f"{pattern_id} is a new pattern.\n")
        return
    typer.echo(f"{pattern_id}: {len(found)} key(s) differ from version {before.version}.\n")
    for change in found:
        typer.echo(change.key)
        for sign, changed in (("-", change.removed), ("+", change.added)):
            for text in changed:
                typer.echo(f"  {sign} {harmless(text)}")
    if found:
        typer.echo()


def _tell_scores(comparison: "Comparison") -> None:
    from rich.console import Console
    from rich.table import Table

    rows = [(row.name, row.before, row.after, row.change) for row in (*comparison.rows(), *comparison.moved())]
    console = Console()
    heading = ("", "before", "after", "change")
    if not console.is_terminal:
        for row in (heading, *rows):
            typer.echo("\t".join(row))
        return
    table = Table(*heading)
    for row in rows:
        table.add_row(*row)
    console.print(table)


def _as_json(
    pattern_id: str, before: "Pattern | None", found: "Sequence[Change]", comparison: "Comparison | None"
) -> str:
    import json
    from dataclasses import asdict

    told = {
        "pattern": pattern_id,
        "is_new": before is None,
        "changes": [asdict(change) for change in found],
        "scores": None
        if comparison is None
        else {"before": asdict(comparison.before), "after": asdict(comparison.after)},
    }
    return json.dumps(told, ensure_ascii=False, indent=2)
