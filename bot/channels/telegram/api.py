"""The Bot API, through python-telegram-bot: the few calls that are made, and its refusals in our words.

Neither the library's messages nor aiohttp's are passed on or logged: they may hold the token, or what people wrote.
"""

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from typing import Any, TypeVar

from telegram import Bot, BotCommand
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, TelegramError

from bot.channels.telegram.keyboard import Keyboard
from bot.channels.telegram.line import READ_SECONDS, Flooded, Line
from bot.channels.telegram.reading import Me
from bot.services.fetching import FileGone, FileTooBig
from bot.services.polling import NotOurToken, PolledElsewhere, Unreached
from bot.services.pushing import Gone, Held, Unsendable

UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
"""What is asked for; the rest the Bot API need not send."""

_CONNECTIONS = 64
_NO_PREVIEW = {"is_disabled": True}
_MOST_ERASED = 100
_FILE_SECONDS = 25.0
_TOO_BIG = "file is too big"
_NOBODY_THERE = ("chat not found", "user is deactivated", "peer_id_invalid", "bot was blocked", "user not found")

T = TypeVar("T")


class _Bot(Bot):
    async def get_raw_updates(self, offset: int, seconds: int) -> object:
        """As they came: one that cannot be read must not keep the others from being read."""
        asked = {"offset": offset, "timeout": seconds, "allowed_updates": list(UPDATES)}
        return await self._post("getUpdates", asked, read_timeout=seconds + READ_SECONDS)

    async def send_raw(self, message: Mapping[str, object]) -> object:
        """What was sent, as it came: the library would make objects of it, and of the keyboard, that nobody reads."""
        return await self._post("sendMessage", {name: value for name, value in message.items() if value is not None})


class Api:
    """One bot. `start` before anything else. Every call raises Held, Gone, Unsendable, NotOurToken or Unreached."""

    def __init__(self, token: str, address: str) -> None:
        base = address.rstrip("/")
        # From nowhere else, whatever an answer says: an own server may name files of its own disk.
        self._files = f"{base}/file/bot{token}/"
        self._lines = (Line(1), Line(_CONNECTIONS))
        self._bot = _Bot(
            token,
            base_url=f"{base}/bot",
            base_file_url=f"{base}/file/bot",
            get_updates_request=self._lines[0],
            request=self._lines[1],
        )

    async def start(self) -> None:
        for line in self._lines:
            await line.initialize()

    async def close(self) -> None:
        for line in self._lines:
            await line.shutdown()

    async def me(self) -> Me:
        user = await _call(self._bot.get_me())
        return Me(user.id, user.username or "")

    async def updates(self, offset: int, seconds: int) -> list[Mapping[str, Any]]:
        """Those from `offset` on, which confirms the ones before; waits so many seconds for the first. Raises
        PolledElsewhere too."""
        raw = await _call(self._bot.get_raw_updates(offset, seconds))
        if not isinstance(raw, list):
            raise Unreached
        return [update for update in raw if isinstance(update, dict) and isinstance(update.get("update_id"), int)]

    async def send(self, chat: int, html: str, keyboard: Keyboard | None, *, is_silent: bool) -> int:
        return await self._send(chat, html, keyboard, is_silent=is_silent, parse_mode=ParseMode.HTML)

    async def send_plain(self, chat: int, text: str, keyboard: Keyboard | None, *, is_silent: bool) -> int:
        return await self._send(chat, text, keyboard, is_silent=is_silent, parse_mode=None)

    async def erase(self, chat: int, messages: Sequence[int]) -> None:
        """Those that can be; which ones those are the Bot API does not say."""
        for at in range(0, len(messages), _MOST_ERASED):
            await _call(self._bot.delete_messages(chat, messages[at : at + _MOST_ERASED]))

    async def type(self, chat: int) -> None:
        await _call(self._bot.send_chat_action(chat, ChatAction.TYPING))

    async def answer(self, query: str, text: str | None = None) -> None:
        await _call(self._bot.answer_callback_query(query, text))

    async def download(self, fetch: str, limit: int) -> bytes:
        """A file that somebody sent, of `limit` bytes at most. Raises FileGone and FileTooBig too."""
        try:
            file = await _call(self._bot.get_file(fetch))
        except Unsendable as fault:
            raise (FileTooBig if str(fault) == _TOO_BIG else FileGone) from None
        if (file.file_size or 0) > limit:
            raise FileTooBig
        if not (file.file_path or "").startswith(self._files):
            raise FileGone
        async with asyncio.timeout(_FILE_SECONDS):
            return await _call(self._lines[1].fetch(file.file_path or "", limit))

    async def set_menu(self, commands: Mapping[str, str], language: str | None) -> None:
        menu = [BotCommand(name, what) for name, what in commands.items()]
        await _call(self._bot.set_my_commands(menu, language_code=language))

    async def describe(self, about: str, short: str, language: str | None) -> None:
        await _call(self._bot.set_my_description(about, language))
        await _call(self._bot.set_my_short_description(short, language))

    async def set_webhook(self, url: str, secret: str) -> None:
        await _call(self._bot.set_webhook(url, secret_token=secret, allowed_updates=UPDATES, max_connections=100))

    async def drop_webhook(self) -> None:
        await _call(self._bot.delete_webhook())

    async def _send(
        self, chat: int, text: str, keyboard: Keyboard | None, *, is_silent: bool, parse_mode: str | None
    ) -> int:
        message = {
            "chat_id": chat,
            "text": text,
            "parse_mode": parse_mode,
            "reply_markup": keyboard,
            "disable_notification": is_silent,
            "link_preview_options": _NO_PREVIEW,
        }
        sent = await _call(self._bot.send_raw(message))
        if not isinstance(sent, dict) or not isinstance(number := sent.get("message_id"), int):
            raise Unreached
        return number


async def _call(call: Coroutine[Any, Any, T]) -> T:
    try:
        return await call
    except TelegramError as fault:
        refusal = _in_our_words(fault)
    # Raised out here, so that no traceback carries the library's message along.
    raise refusal


def _in_our_words(fault: TelegramError) -> Exception:
    match fault:
        case Flooded():
            return Held(fault.seconds)
        case Forbidden():
            return Gone()
        case BadRequest():
            said = fault.message.lower()
            if _TOO_BIG in said:
                return Unsendable(_TOO_BIG)
            return Gone() if any(part in said for part in _NOBODY_THERE) else Unsendable("BadRequest")
        case InvalidToken():
            return NotOurToken()
        case Conflict():
            return PolledElsewhere()
        case _:
            return Unreached()
