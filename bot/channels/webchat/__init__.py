"""The citizens' web chat: pages made on the server, whole without a script."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from importlib.resources import files

from fastapi import FastAPI
from starlette.routing import BaseRoute
from starlette.types import Lifespan

from bot.channels.webchat.answers import Answers
from bot.channels.webchat.notices import NoticePages
from bot.channels.webchat.sent import CHANNEL, NOBODY
from bot.channels.webchat.talk import TalkPages
from bot.channels.webchat.uploads import Uploads
from bot.services.intake import Intake
from bot.services.receiving import Receiver
from bot.web.assets import Assets
from bot.web.health import Check
from bot.web.pages import Pages
from bot.web.site import Site, create_site
from storage.chance import RandomBytes
from storage.retention import Retention

_HARD_LIMIT = 128 * 1024 * 1024
"""Bytes after which a connection is cut without a page; what is merely too long is read past, to its end, and answered:
a minute's film of a telephone."""


def create_webchat(
    *,
    intake: Intake,
    receiver: Receiver,
    site: Site,
    retention: Retention | None = None,
    random: RandomBytes = secrets.token_bytes,
    beside: Sequence[BaseRoute] = (),
    lifespan: Lifespan[FastAPI] | None = None,
    ready: Check | None = None,
) -> FastAPI:
    """The web chat over `intake`, with `receiver` for the files people send. `retention` is what the privacy notice
    promises; its body limit is its own.

    `beside` are routes of other channels served on the same port, and `lifespan` what runs while it is served.
    `ready` says whether it could save a turn now.
    """
    assets = Assets(files("bot.web") / "static", files(__name__) / "static")
    pages = Pages(assets, packages={"web": "bot.web", "webchat": __name__}, domains=("webchat", "web"))
    answers = Answers(pages)

    async def check() -> bool:
        await intake.view(CHANNEL, NOBODY)
        return True

    return create_site(
        "citizens",
        # The quick way out is taken by the page's own script, where there is one, so that it leaves no entry behind.
        replace(site, body_limit=_HARD_LIMIT, policy=(*site.policy, "connect-src 'self'")),
        pages=pages,
        assets=assets,
        routes=[
            *TalkPages(intake, Uploads(intake, receiver), answers, random).routes(),
            *NoticePages(intake, answers, retention or Retention()).routes(),
            *beside,
        ],
        check=check,
        ready=ready,
        lifespan=lifespan,
    )
