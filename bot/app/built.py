"""A role, ready to be served."""

from collections.abc import Callable
from dataclasses import dataclass

from starlette.types import ASGIApp

from bot.app.metrics import Metrics


@dataclass(frozen=True, slots=True)
class Built:
    """`notices` are lines for the person who starts the service, to be shown once it answers; `metrics`, what the
    role counts, where it counts more than its requests; `when_stopping` ends what would go on for long."""

    app: ASGIApp
    notices: tuple[str, ...] = ()
    metrics: Metrics | None = None
    when_stopping: Callable[[], None] = lambda: None
