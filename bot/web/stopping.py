"""Whether the process is told to stop: an answer that goes on for long ends by itself then."""

from starlette.types import ASGIApp


def stop(app: ASGIApp) -> None:
    """Say so; an application that keeps no state has no such answers."""
    state = getattr(app, "state", None)
    if state is not None:
        state.is_stopping = True


def is_stopping(app: ASGIApp) -> bool:
    """Whether it was said."""
    return bool(getattr(getattr(app, "state", None), "is_stopping", False))
