"""`fanzha patterns`: what ships, as a table for people or as JSON for programs, and the group its editors use."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands import pattern_diff, pattern_learn, pattern_lint, pattern_new, pattern_show, releases

if TYPE_CHECKING:
    from knowledge.catalogue import Catalogue


def build() -> typer.Typer:
    group = typer.Typer(invoke_without_command=True)
    group.callback()(patterns)
    group.command("new")(pattern_new.new)
    group.command("lint")(pattern_lint.lint)
    group.command("show")(pattern_show.show)
    group.command("diff")(pattern_diff.diff)
    group.command("learn")(pattern_learn.learn)
    group.command("publish")(releases.publish)
    group.command("approve")(releases.approve)
    group.command("withdraw")(releases.withdraw)
    group.command("releases")(releases.list_)
    group.command("release")(releases.release)
    return group


def patterns(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON list, for programs.")] = False,
    language: Annotated[str, typer.Option(help="en, zh-Hans or zh-Hant.")] = "en",
) -> None:
    """List the known scams; or write, check, show and compare a pattern."""
    if context.invoked_subcommand is not None:
        if as_json or language != "en":
            raise typer.BadParameter(f"options of {context.invoked_subcommand} are written after it")
        return
    from bot.commands.asking import language_named
    from knowledge.catalogue import shipped_catalogue

    spoken = language_named(language)
    catalogue = shipped_catalogue()
    if as_json:
        typer.echo(_as_json(catalogue))
        return
    from rich.console import Console
    from rich.table import Table

    console = Console()
    if not console.is_terminal:
        for pattern in catalogue:
            typer.echo(f"{pattern.id}\t{pattern.severity}\t{pattern.name[spoken]}")
        return
    table = Table("Pattern", "Severity", "Name", "What it is", show_lines=True)
    for pattern in catalogue:
        table.add_row(pattern.id, pattern.severity, pattern.name[spoken], pattern.gist[spoken])
    console.print(table)


def _as_json(catalogue: "Catalogue") -> str:
    import json

    listed = [
        {
            "id": pattern.id,
            "version": pattern.version,
            "severity": pattern.severity,
            "name": dict(pattern.name),
            "gist": dict(pattern.gist),
            "codes": {system: list(codes) for system, codes in pattern.codes.items()},
            "red_flags": [red_flag.id for red_flag in pattern.red_flags],
        }
        for pattern in catalogue
    ]
    return json.dumps(listed, ensure_ascii=False, indent=2)
