"""A role, ready to be served."""

from dataclasses import dataclass

from starlette.types import ASGIApp


@dataclass(frozen=True, slots=True)
class Built:
    """`notices` are lines for the person who starts the service, to be shown once it answers."""

    app: ASGIApp
    notices: tuple[str, ...] = ()
