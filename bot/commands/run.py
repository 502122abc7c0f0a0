"""Running the service: `fanzha run`, the hidden `fanzha role` it starts for each role, and `fanzha health`."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.app.roles import Role

if TYPE_CHECKING:
    from collections.abc import Sequence


def run(
    roles: Annotated[list[Role] | None, typer.Argument(help="Which roles to run; all, if none is named.")] = None,
) -> None:
    """Run the service, each role in a process of its own, until Ctrl-C."""
    import asyncio
    import os
    import sys

    from bot.app.preparing import give_desk_its_key, prepare
    from bot.app.starting import (
        announce,
        check_ports,
        environment_of,
        roles_to_run,
        unknown_variables,
    )
    from bot.app.supervisor import Supervisor
    from bot.settings import read_settings

    settings = read_settings()
    chosen = roles_to_run(roles or (), settings)
    check_ports(chosen, settings)
    for sentence in unknown_variables(os.environ):
        typer.echo(sentence, err=True)
    typer.echo("Starting Fanzha ...")
    # Only who runs everything here, from one home, may make keys: parts of a deployment must be given the same ones.
    notices = prepare(settings, may_make_keys=not roles)
    if not roles and Role.DESK in chosen:
        give_desk_its_key(settings)
    supervisor = Supervisor(
        chosen,
        command=(sys.executable, "-P", "-m", "bot", "role", "--supervised"),
        environment=lambda role: environment_of(role, os.environ),
        say=_say,
        when_ready=lambda told: _say("\n".join(announce(settings, chosen, told, notices))),
    )
    code = asyncio.run(supervisor.run())
    _say("Stopped.")
    raise typer.Exit(code)


def role(
    name: Annotated[Role, typer.Argument(help="The role this process has.")],
    supervised: Annotated[bool, typer.Option(help="Stop at the end of standard input.")] = False,
) -> None:
    """Run one role in this process."""
    from bot.app.faults import FORESEEN, ExitCode, Fault
    from bot.app.running import run_role
    from bot.settings import read_settings

    try:
        run_role(
            name,
            read_settings(),
            is_supervised=supervised,
            when_ready=lambda notices: _tell(name, notices, supervised=supervised),
        )
    except FORESEEN as fault:
        # Told apart from a crash, after which the supervisor starts it again.
        raise Fault(str(fault), ExitCode.ROLE_FAULT) from fault


def _tell(name: Role, notices: "Sequence[str]", *, supervised: bool) -> None:
    from bot.app.supervisor import NOTICE, READY

    for notice in notices:
        _say(f"{NOTICE}{notice}" if supervised else notice)
    _say(READY if supervised else f"{name} is ready.")


def health(name: Annotated[Role, typer.Argument(help="The role to ask.")]) -> None:
    """Ask a role that runs on this machine whether it can work; exit code 1 if it cannot."""
    from bot.app.asking import ask_health
    from bot.settings import read_settings

    typer.echo(ask_health(name, read_settings()))


def _say(line: str) -> None:
    # Flushed, so that a log file or a pipe has it at once.
    typer.echo(line)
    typer.get_text_stream("stdout").flush()
