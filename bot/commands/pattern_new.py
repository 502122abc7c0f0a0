"""`fanzha patterns new`: an empty pattern that explains itself."""

from pathlib import Path
from typing import Annotated

import typer


def new(
    pattern_id: Annotated[
        str, typer.Argument(metavar="ID", help="What it will be called for good: English words joined by hyphens.")
    ],
    folder: Annotated[
        Path, typer.Option(help="Where to write ID.toml.", file_okay=False, exists=True, writable=True)
    ] = Path(),
) -> None:
    """Write an empty pattern file that explains every key; nothing is ever overwritten."""
    from bot.app.faults import Fault
    from bot.app.parts import utc_now
    from knowledge.editing.skeleton import skeleton
    from knowledge.shipped import PACKAGE

    text = skeleton(pattern_id, utc_now().date())
    path = folder / f"{pattern_id}.toml"
    if (PACKAGE / "patterns" / path.name).exists():
        raise Fault(f"There is a pattern {pattern_id} already; to change it, copy its file and edit the copy.")
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as fault:
        raise Fault(f"{path} is there already, and stays as it is.") from fault
    except OSError as fault:
        raise Fault(f"{path} cannot be written: {fault.strerror}.") from fault
    typer.echo(f"{path} is ready to be filled in. Whenever you like: fanzha patterns lint {path}")
