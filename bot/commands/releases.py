"""`fanzha patterns releases|release|publish|approve|withdraw`: what was learned and serves, what editors publish."""

from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from typing import TypeVar

    from bot.app.parts import Staff
    from bot.services.approvals import Approvals
    from bot.services.permissions import Actor
    from bot.services.publishing import Publishing
    from storage.releases import Release

    T = TypeVar("T")

Name = Annotated[str, typer.Option("--as", help="Your staff account.", prompt="Name")]


def list_(limit: Annotated[int, typer.Option(min=1, max=1000, help="How many at most.")] = 20) -> None:
    """List what was learned, the latest first: state, examples and figures. The newest published one serves."""
    from bot.app.parts import open_database
    from bot.settings import read_settings
    from storage import releases

    with open_database(read_settings()) as database:
        found = database.read_now(lambda t: releases.list_newest(t, limit=limit))
    for one in found:
        typer.echo("\t".join(_columns(one)))
    if not found:
        typer.echo("Nothing has been learned yet: what was installed serves.", err=True)


def release(
    number: Annotated[int, typer.Argument(min=1, help="The release's number.")],
    serve: Annotated[bool, typer.Option("--serve", help="Have it serve again, under a new number.")] = False,
    name: Annotated[str, typer.Option("--as", help="Your staff account, to have it serve.")] = "",
) -> None:
    """Show what is kept of a release; or have it serve again, after your passphrase and one-time code."""
    if serve:
        given = name or typer.prompt("Name")
        again = _act(given, lambda publishing, actor: publishing.serve(actor, number))
        typer.echo(f"Release {number} serves again, as release {again}, until something new is learned.")
        return
    from bot.app.parts import open_database
    from bot.services.held_back import read
    from bot.settings import read_settings
    from storage import releases

    with open_database(read_settings()) as database:
        found = database.read_now(lambda t: releases.get(t, number))
    typer.echo("\t".join(_columns(found)))
    for pattern, count in found.examples.items():
        typer.echo(f"examples\t{pattern}\t{count}")
    why = read(found)
    for fall in why.falls:
        typer.echo(f"worse\t{fall.figure}\t{fall.pattern or '-'}\t{fall.before:.3f}\t{fall.after:.3f}")
    for fault in why.faults:
        typer.echo(f"fault\t{fault}")


def publish(
    file: Annotated[Path, typer.Argument(help="A pattern, named as its id.", exists=True, dir_okay=False)],
    name: Name,
    because: Annotated[str, typer.Option("--because", help="Why, for whoever approves it.", prompt="Why")],
) -> None:
    """Propose a pattern over those that ship, after your passphrase and one-time code; refused with every fault.

    It is published once another editor or supervisor approves it, in the console or with `patterns approve`.
    """
    from bot.app.faults import ExitCode, Fault
    from bot.services.permissions import Act

    try:
        toml = file.read_bytes().decode("utf-8")
    except UnicodeDecodeError as fault:
        raise Fault(f"{file.name} is not UTF-8 at byte {fault.start}; save it as UTF-8.", ExitCode.UNUSABLE) from fault
    pattern = file.name.removesuffix(".toml")
    number = _two(
        name,
        lambda approvals, actor: approvals.propose(actor, Act.PUBLISH_PATTERN, f"pattern:{pattern}", because, toml),
    )
    typer.echo(
        f"Proposed {pattern} as number {number}: it is published once another editor or supervisor approves it, "
        "within 72 hours."
    )


def approve(
    number: Annotated[int, typer.Argument(min=1, help="The proposal's number.")],
    name: Name,
) -> None:
    """Publish a pattern that another proposed, after your passphrase and one-time code."""
    from bot.services.permissions import Act

    async def act(approvals: "Approvals", actor: "Actor") -> str:
        from bot.app.faults import Fault

        if (await approvals.row(actor, number)).proposal.act != Act.PUBLISH_PATTERN:
            raise Fault(f"Proposal {number} is not about a pattern: decide it in the console.")
        return (await approvals.approve(actor, number)).subject.removeprefix("pattern:")

    typer.echo(f"Published {_two(name, act)}: it serves with the next release that is learned.")


def withdraw(pattern: Annotated[str, typer.Argument(help="A published pattern's id.")], name: Name) -> None:
    """Withdraw a published pattern, after your passphrase and one-time code; a shipped one holds again."""
    is_shipped = _act(name, lambda publishing, actor: publishing.withdraw(actor, pattern))
    typer.echo(f"Withdrew {pattern}" + ("; the shipped one holds again." if is_shipped else "."))


def _columns(one: "Release") -> list[str]:
    import json

    from knowledge.gate import Figures

    state = f"{one.state}" + (f" (again {one.again})" if one.again is not None else "")
    columns = [str(one.number), f"{one.made_at:%Y-%m-%d %H:%M}", state, one.name[:12], str(sum(one.examples.values()))]
    if one.figures is None:
        return [*columns, "-"]
    figures = Figures.load(json.loads(one.figures))
    return [
        *columns,
        f"first {figures.first():.3f}",
        f"warned {figures.warned():.3f}",
        f"false {figures.false_warnings():.3f}",
        f"calibration {figures.calibration_error:.3f}",
        "kept" if one.has_content else "figures only",
    ]


def _two(name: str, act: "Callable[[Approvals, Actor], Awaitable[T]]") -> "T":
    """As `_act`, for what takes two people."""
    from bot.app.faults import Fault
    from bot.services.approval_errors import ApprovalError
    from bot.services.approvals import Approvals
    from bot.services.deeds import PublishPattern
    from bot.services.permissions import Act
    from bot.services.triage_errors import TriageError

    def on(parts: "Staff", publishing: "Publishing") -> Approvals:
        deeds = {Act.PUBLISH_PATTERN: PublishPattern(publishing)}
        return Approvals(parts.database, parts.key, deeds, clock=parts.clock, random=parts.random)

    async def run(publishing: "Publishing", actor: "Actor", parts: "Staff") -> "T":
        try:
            return await act(on(parts, publishing), actor)
        except (ApprovalError, TriageError) as fault:
            raise Fault(str(fault)) from fault

    return _signed_in(name, run)


def _act(name: str, act: "Callable[[Publishing, Actor], Awaitable[T]]") -> "T":
    """Do it as `name`, who is asked for passphrase and code."""
    return _signed_in(name, lambda publishing, actor, _parts: act(publishing, actor))


def _signed_in(name: str, act: "Callable[[Publishing, Actor, Staff], Awaitable[T]]") -> "T":
    import asyncio

    passphrase: str = typer.prompt("Passphrase", hide_input=True)
    code: str = typer.prompt("One-time code")

    async def run() -> "T":
        async with _publishing(name, passphrase, code) as (publishing, actor, parts):
            return await act(publishing, actor, parts)

    return asyncio.run(run())


@asynccontextmanager
async def _publishing(name: str, passphrase: str, code: str) -> "AsyncIterator[tuple[Publishing, Actor, Staff]]":
    from bot.app.acting import acting
    from bot.app.faults import Fault
    from bot.services.publishing import NotOfThisVersion, Publishing
    from bot.settings import read_settings
    from knowledge.catalogue import shipped_catalogue
    from knowledge.shipped import fingerprint

    async with acting(read_settings(), name, passphrase, code) as (parts, actor):
        try:
            yield (
                Publishing(
                    parts.database,
                    parts.key,
                    shipped=shipped_catalogue(),
                    ground=fingerprint(),
                    clock=parts.clock,
                    random=parts.random,
                ),
                actor,
                parts,
            )
        except NotOfThisVersion as fault:
            raise Fault(str(fault)) from fault
