"""An update as one of the few things the desk knows: a press, words, a group that moved or was left; else nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.types import CallbackQuery, Chat, ChatMemberUpdated, Message, Update

_GROUPS = frozenset({ChatType.GROUP, ChatType.SUPERGROUP})
_OUTSIDE = frozenset({ChatMemberStatus.LEFT, ChatMemberStatus.KICKED})
_LONGEST = 4096


@dataclass(frozen=True, slots=True)
class Chatting:
    """Where it was: with one person alone, or in a group; `thread` of a topic."""

    number: int
    is_private: bool
    has_topics: bool = False
    thread: int | None = None


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button under one of the bot's messages."""

    update: str
    person: int
    chat: Chatting
    message: int
    query: str
    written: str


@dataclass(frozen=True, slots=True)
class Wrote:
    """`text` is empty for what is not words; `answers`: the bot's message that this is a reply to."""

    update: str
    person: int
    chat: Chatting
    message: int
    text: str
    language: str | None
    answers: int | None


@dataclass(frozen=True, slots=True)
class GroupMoved:
    """A group became a supergroup, with another number."""

    update: str
    chat: int
    to: int


@dataclass(frozen=True, slots=True)
class Membership:
    """The bot was let in (or unblocked), or put out (or blocked)."""

    update: str
    chat: int
    is_inside: bool


Event: TypeAlias = Pressed | Wrote | GroupMoved | Membership


def read(update: Mapping[str, Any], bot: int) -> Event | None:
    """None for what the desk has no use for. Raises ValidationError for what no Bot API sends."""
    told = Update.model_validate(dict(update))
    number = str(told.update_id)
    if told.callback_query is not None:
        return _pressed(number, told.callback_query)
    if told.message is not None:
        return _wrote(number, told.message, bot)
    if told.my_chat_member is not None:
        return _membership(number, told.my_chat_member)
    return None


def kind_of(update: Mapping[str, Any]) -> str:
    """For the log: what kind of update it is, of those whose names are ours to write."""
    return next((name for name in update if name in Update.model_fields and name != "update_id"), "unknown")


def _pressed(number: str, query: CallbackQuery) -> Pressed | None:
    if query.message is None or query.data is None:
        return None
    thread = query.message.message_thread_id if isinstance(query.message, Message) else None
    where = _chatting(query.message.chat, thread)
    if where is None:
        return None
    return Pressed(number, query.from_user.id, where, query.message.message_id, query.id, query.data)


def _wrote(number: str, message: Message, bot: int) -> Event | None:
    if message.migrate_to_chat_id is not None:
        return GroupMoved(number, message.chat.id, message.migrate_to_chat_id)
    where = _chatting(message.chat, message.message_thread_id if message.is_topic_message else None)
    # Who writes in a channel's or in the group's name is nobody in particular.
    if where is None or message.from_user is None or message.sender_chat is not None:
        return None
    answered = message.reply_to_message
    is_ours = answered is not None and answered.from_user is not None and answered.from_user.id == bot
    return Wrote(
        number,
        message.from_user.id,
        where,
        message.message_id,
        # What is forwarded was written by another: it is not taken for a decision.
        (message.text or "")[:_LONGEST] if message.forward_origin is None else "",
        message.from_user.language_code,
        answered.message_id if answered is not None and is_ours else None,
    )


def _membership(number: str, change: ChatMemberUpdated) -> Membership:
    return Membership(number, change.chat.id, change.new_chat_member.status not in _OUTSIDE)


def _chatting(chat: Chat, thread: int | None) -> Chatting | None:
    if chat.type == ChatType.PRIVATE:
        return Chatting(chat.id, is_private=True)
    if chat.type in _GROUPS:
        return Chatting(chat.id, is_private=False, has_topics=bool(chat.is_forum), thread=thread)
    return None
