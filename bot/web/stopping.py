"""Whether the process is told to stop: an answer that goes on for long ends by itself then."""

from fastapi import FastAPI


def stop(app: FastAPI) -> None:
    """Say so."""
    app.state.is_stopping = True


def is_stopping(app: FastAPI) -> bool:
    """Whether it was said."""
    return getattr(app.state, "is_stopping", False)
