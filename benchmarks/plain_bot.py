"""What python-telegram-bot costs by itself: by webhook behind the same server, "ok" to all, and nothing remembered.

Put together as the library's documentation puts together a webhook of one's own: updates into the application's queue,
and handlers that run side by side.
"""

import asyncio
import sys
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from telegram import Update
from telegram.ext import Application, ContextTypes, TypeHandler
from telegram.request import HTTPXRequest

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"  # noqa: S105 - the documentation's example
PATH = "/telegram/updates"


async def answer(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    if update.effective_chat is not None:
        await update.effective_chat.send_message("ok")


def application(api: str) -> "Application[Any, Any, Any, Any, Any, Any]":
    made = (
        Application.builder()
        .token(TOKEN)
        .base_url(f"{api}/bot")
        .request(HTTPXRequest(64))
        .updater(None)
        .concurrent_updates(256)
        .build()
    )
    made.add_handler(TypeHandler(Update, answer))
    return made


async def main(api: str, port: int) -> None:
    bot = application(api)

    async def take(request: Request) -> Response:
        await bot.update_queue.put(Update.de_json(await request.json(), bot.bot))
        return PlainTextResponse("")

    app = Starlette(routes=[Route(PATH, take, methods=["POST"])])
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None, access_log=False, ws="none"))
    async with bot:
        await bot.start()
        await server.serve()
        await bot.stop()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
