"""`fanzha tips`: the queue without a word of what was told, and one tip opened by somebody of the staff."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.services.triage_views import OpenedTip
    from bot.settings import Settings


def build() -> typer.Typer:
    group = typer.Typer(help="Filed reports.", no_args_is_help=True)
    group.command("list")(list_)
    group.command("show")(show)
    return group


def list_(
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many at most.")] = 50,
) -> None:
    """List open tips, the most urgent first: nothing of their content, so nobody has to sign in."""
    from bot.app.parts import open_database, utc_now
    from bot.services.urgency import reasons_for
    from bot.settings import read_settings
    from storage import queueing

    with open_database(read_settings()) as database:
        page = database.read_now(lambda t: queueing.queue(t, queueing.QueueFilter(), limit=limit))
    now = utc_now()
    for tip in page.tips:
        why = ",".join(reasons_for(tip, now)) or "-"
        typer.echo(f"{tip.id}\t{tip.filed_at:%Y-%m-%d %H:%M}\t{tip.state}\t{tip.kind}\t{tip.pattern or '-'}\t{why}")
    typer.echo(f"{len(page.tips)} of {queueing.told(page.total)} open tips.", err=True)


def show(
    tip: Annotated[str, typer.Argument(help="A tip's reference, such as 7K3M-9QTX.")],
    name: Annotated[str, typer.Option("--as", help="Your staff account.", prompt="Name")],
) -> None:
    """Open a tip, after your passphrase and one-time code; the audit log keeps that you did."""
    import asyncio

    from bot.settings import read_settings

    passphrase: str = typer.prompt("Passphrase", hide_input=True)
    code: str = typer.prompt("One-time code")
    opened = asyncio.run(_open(read_settings(), tip.upper(), name, passphrase, code))
    for line in _lines(opened):
        typer.echo(line)


async def _open(settings: "Settings", tip: str, name: str, passphrase: str, code: str) -> "OpenedTip":
    from bot.app.acting import acting
    from bot.services.triage import Triage

    async with acting(settings, name, passphrase, code) as (parts, actor):
        triage = Triage(parts.database, parts.key, clock=parts.clock, random=parts.random)
        return await triage.open(actor, tip)


def _lines(opened: "OpenedTip") -> list[str]:
    from bot.channels.terminal import harmless

    tip, box = opened.tip, opened.box
    lines = [f"{tip.id}  {tip.state}  {tip.kind}  filed {tip.filed_at:%Y-%m-%d %H:%M} UTC", ""]
    if box is None:
        return [*lines, "Its content was erased."]
    lines += [harmless(line) for line in box.telling]
    lines += ["", *(f"{harmless(question)}: {harmless(answer)}" for question, answer in box.answers.items())]
    for seen in box.observables:
        others = opened.others.get((seen.type, seen.value), 0)
        lines.append(f"{seen.type}: {harmless(seen.value)}" + (f"  (in {others} other tips)" if others else ""))
    lines += [f"{match.pattern}: {match.score:.2f}" for match in box.matches]
    lines += [f"{said.at:%Y-%m-%d %H:%M}  {said.kind}: {harmless(said.text or '')}" for said in opened.spoken]
    return lines
