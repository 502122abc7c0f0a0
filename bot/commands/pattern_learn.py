"""`fanzha patterns learn`: learned ahead of the first start, which then is quick."""

import typer


def learn() -> None:
    """Learn the shipped patterns, where that has not been done yet, and say where what was learned lies."""
    import time

    from bot.app.faults import Fault
    from knowledge import danger_learning
    from knowledge.dangers import shipped_reader
    from knowledge.shipped import PACKAGE, is_kept, place_kept, shipped_release

    kept = place_kept(PACKAGE)
    if is_kept(PACKAGE) and danger_learning.is_kept(PACKAGE):
        typer.echo(f"The shipped patterns are learned already: {kept}")
        return
    typer.echo("Learning the shipped patterns: once, half a minute or so ...", err=True)
    began = time.monotonic()
    release = shipped_release(PACKAGE)
    shipped_reader(PACKAGE)
    took = f"{len(release.catalogue)} patterns learned in {time.monotonic() - began:.0f} s"
    if not (is_kept(PACKAGE) and danger_learning.is_kept(PACKAGE)):
        raise Fault(f"{took}, but {kept.parent} cannot be written: they will be learned anew at each start.")
    typer.echo(f"{took}: {kept}")
