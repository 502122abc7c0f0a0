"""The Bot API, through aiogram: the few calls that are made, and its refusals in our words.

Neither the library's messages nor aiohttp's are passed on or logged: they may hold the token, or what people wrote.
"""

from collections.abc import Awaitable, Mapping, Sequence
from typing import Any, TypeVar

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
)
from aiohttp import ClientSession

from bot.services.polling import NotOurToken, PolledElsewhere, Unreached
from bot.services.pushing import Gone, Held, Unsendable

UPDATES = ("message", "callback_query", "my_chat_member")
"""What is asked for; the rest the Bot API need not send."""

_SECONDS = 8
_NOBODY_THERE = ("chat not found", "user is deactivated", "peer_id_invalid", "bot was blocked", "user not found")
_NO_THREAD = ("thread not found", "topic_deleted", "topic_closed", "topic_id_invalid")
_NOTHING_CHANGED = ("message is not modified",)
_NO_MESSAGE = ("message to edit not found", "message can't be edited", "message_id_invalid")

Rows = Sequence[Sequence[tuple[str, str]]]
T = TypeVar("T")


class Moved(Exception):  # noqa: N818 - what the Bot API answers
    """The group has another number now."""

    def __init__(self, to: int) -> None:
        self.to = to
        super().__init__("The group became a supergroup.")


class NoTopic(Exception):  # noqa: N818 - what the Bot API answers
    """The topic is closed or gone."""


class NoMessage(Exception):  # noqa: N818 - what the Bot API answers
    """The message that was to be changed is not there, or too old."""


class _RawUpdates(TelegramMethod[list[Any]]):
    """As they came: one that cannot be read must not keep the others from being read."""

    __returning__ = list[Any]
    __api_method__ = "getUpdates"

    offset: int
    timeout: int
    allowed_updates: list[str]


class _Session(AiohttpSession):
    """The library's, by the way that the environment names: it would need one more library for a proxy."""

    async def create_session(self) -> ClientSession:
        if self._session is None or self._session.closed:
            self._session = ClientSession(connector=self._connector_type(**self._connector_init), trust_env=True)
            self._should_reset_connector = False
        return self._session


class Api:
    """One bot. Every call raises Held, Gone, Unsendable, NotOurToken, Moved or Unreached."""

    def __init__(self, token: str, address: str) -> None:
        session = _Session(api=TelegramAPIServer.from_base(address), timeout=_SECONDS)
        self._bot = Bot(token, session=session)

    async def close(self) -> None:
        await self._bot.session.close()

    async def me(self) -> tuple[int, str]:
        """The bot's number and name."""
        user = await _call(self._bot.get_me())
        return user.id, user.username or ""

    async def updates(self, offset: int, seconds: int) -> list[Mapping[str, Any]]:
        """Those from `offset` on, which confirms the ones before; waits so many seconds for the first. Raises
        PolledElsewhere too."""
        method = _RawUpdates(offset=offset, timeout=seconds, allowed_updates=list(UPDATES))
        raw = await _call(self._bot(method, request_timeout=seconds + _SECONDS))
        return [update for update in raw if isinstance(update, dict) and isinstance(update.get("update_id"), int)]

    async def send(
        self, chat: int, html: str, rows: Rows = (), *, thread: int | None = None, asks: bool = False
    ) -> int:
        """The message's number. `asks`: the next thing written is the answer to it. Raises NoTopic too."""
        sent = await _call(
            self._bot.send_message(
                chat,
                html,
                message_thread_id=thread,
                parse_mode="HTML",
                reply_markup=ForceReply(force_reply=True, selective=True) if asks else _keyboard(rows),
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
        )
        return sent.message_id

    async def edit(self, chat: int, message: int, html: str, rows: Rows) -> None:
        """Put other words and buttons in the place of a message; that nothing changes is well. Raises NoMessage too."""
        try:
            await _call(
                self._bot.edit_message_text(
                    html,
                    chat_id=chat,
                    message_id=message,
                    parse_mode="HTML",
                    reply_markup=_keyboard(rows),
                    link_preview_options=LinkPreviewOptions(is_disabled=True),
                )
            )
        except _Unchanged:
            return

    async def delete(self, chat: int, messages: Sequence[int]) -> None:
        await _call(self._bot.delete_messages(chat, list(messages)))

    async def answer(self, query: str, text: str, *, is_alert: bool) -> None:
        await _call(self._bot.answer_callback_query(query, text or None, is_alert or None))

    async def open_topic(self, chat: int, name: str) -> int:
        """A new topic's thread."""
        topic = await _call(self._bot.create_forum_topic(chat, name))
        return topic.message_thread_id

    async def set_menu(self, chat: int, commands: Mapping[str, str]) -> None:
        """The commands of one chat; none takes them away."""
        scope = BotCommandScopeChat(chat_id=chat)
        if not commands:
            await _call(self._bot.delete_my_commands(scope))
            return
        menu = [BotCommand(command=name, description=what) for name, what in commands.items()]
        await _call(self._bot.set_my_commands(menu, scope))

    async def drop_webhook(self) -> None:
        await _call(self._bot.delete_webhook())


class _Unchanged(Exception):  # noqa: N818 - what the Bot API answers
    """The message says so already."""


def _keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text=label, callback_data=told) for label, told in row] for row in rows]
    )


async def _call(call: Awaitable[T]) -> T:
    try:
        answer = await call
    except Exception as fault:  # noqa: BLE001 - the library meets an answer that is none with errors of every kind
        refusal = _in_our_words(fault)
    else:
        if answer is not None:
            return answer
        # Well, and yet without a result: whatever answered, it was not the Bot API.
        refusal = Unreached()
    # Raised out here, so that no traceback carries the library's message along.
    raise refusal


def _in_our_words(fault: Exception) -> Exception:
    match fault:
        case TelegramRetryAfter():
            return Held(float(fault.retry_after))
        case TelegramMigrateToChat():
            return Moved(fault.migrate_to_chat_id)
        case TelegramForbiddenError():
            return Gone()
        case TelegramUnauthorizedError() | TelegramNotFound():
            return NotOurToken()
        case TelegramConflictError():
            return PolledElsewhere()
        case TelegramBadRequest():
            return _refused((fault.message or "").lower())
        case _:
            return Unreached()


def _refused(said: str) -> Exception:
    for parts, refusal in (
        (_NOBODY_THERE, Gone()),
        (_NO_THREAD, NoTopic()),
        (_NOTHING_CHANGED, _Unchanged()),
        (_NO_MESSAGE, NoMessage()),
    ):
        if any(part in said for part in parts):
            return refusal
    return Unsendable("BadRequest")
