"""What the methods do: messages sent, changed and deleted, buttons answered, menus set."""

import hashlib
import re
import time
from dataclasses import dataclass, field, replace
from typing import Any

from tests.fakes.telegram_html import BadMarkup, read_html, units

_LONGEST_TEXT = 4096
_LARGEST_FILE = 20 * 1024 * 1024
_DELETABLE_SECONDS = 48 * 3600
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_ACTIONS = frozenset(
    {
        "typing",
        "choose_sticker",
        "find_location",
        *(f"{verb}_{what}" for verb in ("record", "upload") for what in ("video", "voice", "video_note")),
        "upload_photo",
        "upload_document",
    }
)


class Refusal(Exception):  # noqa: N818 - what the Bot API answers
    """`is_wrong`: a bot that keeps to the rules does not get it."""

    def __init__(self, status: int, description: str, *, is_wrong: bool = True, to: int | None = None) -> None:
        self.status = status
        self.is_wrong = is_wrong and to is None
        self.to = to
        super().__init__(description)


@dataclass(frozen=True)
class Message:
    """One that the bot sent. `text` as it is shown; `marked`: pieces with their tags."""

    id: int
    chat: int
    text: str
    marked: tuple[tuple[str, str], ...] = ()
    keyboard: tuple[tuple[dict[str, Any], ...], ...] = ()
    thread: int | None = None
    asks: bool = False
    """Whether the person's app opens an answer to it."""
    is_silent: bool = False
    has_preview: bool = True
    at: float = field(default_factory=time.time)
    is_deleted: bool = False

    @property
    def buttons(self) -> dict[str, str]:
        """What each label sends."""
        return {button["text"]: button.get("callback_data", "") for row in self.keyboard for button in row}


class Methods:
    """The state of all chats; whoever calls holds the lock."""

    def __init__(self, bot: dict[str, Any]) -> None:
        self._bot = bot
        self.sent: list[Message] = []
        self.webhook: dict[str, Any] = {}
        self.blocked: set[int] = set()
        self.callbacks: dict[str, dict[str, Any] | None] = {}
        """Presses by id, and how each was answered."""
        self.menus: dict[str, list[dict[str, str]]] = {}
        self.about: dict[tuple[str, str], str] = {}
        self.incoming: dict[tuple[int, int], float] = {}
        """When people's own messages came, by chat and id."""
        self.deleted: set[tuple[int, int]] = set()
        self.forums: set[int] = set()
        """Groups with topics, in which the bot may make some."""
        self.topics: dict[int, tuple[int, str]] = {}
        """Chat and name by thread."""
        self.moved: dict[int, int] = {}
        """Groups that became supergroups, with their new numbers."""
        self.files: dict[str, tuple[str, bytes]] = {}
        """Path and content of what people sent, by the file's id."""
        self._last = 0

    def next_id(self) -> int:
        self._last += 1
        return self._last

    def keep_file(self, content: bytes, kind: str) -> dict[str, str]:
        """Its two ids: by one it is fetched, the other is the same however often it is sent."""
        number = f"f{len(self.files) // 2 + 1}"
        self.files[number] = (f"{kind}s/{number}", content)
        # A smaller size of a photo is a file of its own.
        self.files[f"{number}-small"] = (f"{kind}s/{number}-small", content[:100])
        return {"file_id": number, "file_unique_id": f"{kind}-{hashlib.sha256(content).hexdigest()[:12]}"}

    def file_at(self, path: str) -> bytes | None:
        return next((content for there, content in self.files.values() if there == path), None)

    def do(self, method: str, values: dict[str, Any]) -> object:
        """Raises Refusal."""
        match method:
            case "getMe":
                return self._bot
            case "getFile":
                return self._get_file(values["file_id"])
            case "sendMessage":
                return self._send(values)
            case "editMessageText" | "editMessageReplyMarkup":
                return self._edit(values)
            case "deleteMessage":
                return self._delete(values["chat_id"], [values["message_id"]])
            case "deleteMessages":
                if not 1 <= len(values["message_ids"]) <= 100:
                    raise Refusal(400, "Bad Request: 1-100 message ids are needed")
                return self._delete(values["chat_id"], values["message_ids"])
            case "answerCallbackQuery":
                return self._answered(values)
            case "sendChatAction":
                if values["action"] not in _ACTIONS:
                    raise Refusal(400, "Bad Request: wrong parameter action in request")
                self._reach(values["chat_id"])
                return True
            case "setWebhook":
                self.webhook = {**values} if values["url"] else {}
                return True
            case "deleteWebhook":
                self.webhook = {}
                return True
            case "getWebhookInfo":
                return {"url": self.webhook.get("url", ""), "has_custom_certificate": False, "pending_update_count": 0}
            case "setMyCommands" | "deleteMyCommands":
                return self._menu(values)
            case "createForumTopic":
                return self._open_topic(values)
            case "setMyDescription" | "setMyShortDescription":
                self.about[method, values.get("language_code", "")] = next(
                    (text for name, text in values.items() if name.endswith("description")), ""
                )
                return True
            case _:
                raise Refusal(501, f"{method} is not part of this fake")

    def _get_file(self, number: str) -> dict[str, Any]:
        if number not in self.files:
            raise Refusal(400, "Bad Request: invalid file_id")
        path, content = self.files[number]
        if len(content) > _LARGEST_FILE:
            raise Refusal(400, "Bad Request: file is too big", is_wrong=False)
        return {"file_id": number, "file_unique_id": f"u-{number}", "file_size": len(content), "file_path": path}

    def _send(self, values: dict[str, Any]) -> dict[str, Any]:
        chat = values["chat_id"]
        self._reach(chat)
        text, marked = _shown(values)
        options = values.get("link_preview_options", {})
        thread = values.get("message_thread_id")
        if thread is not None and self.topics.get(thread, (0, ""))[0] != chat:
            raise Refusal(400, "Bad Request: message thread not found", is_wrong=False)
        message = Message(
            self.next_id(),
            chat,
            text,
            marked,
            _keyboard(values.get("reply_markup")),
            thread=thread,
            asks=bool((values.get("reply_markup") or {}).get("force_reply")),
            is_silent=values.get("disable_notification", False),
            has_preview=not options.get("is_disabled", False),
        )
        self.sent.append(message)
        return self.described(message)

    def _edit(self, values: dict[str, Any]) -> dict[str, Any]:
        place = self._place(values.get("chat_id"), values.get("message_id"))
        old = self.sent[place]
        new = replace(old, keyboard=_keyboard(values.get("reply_markup")))
        if "text" in values:
            text, marked = _shown(values)
            new = replace(new, text=text, marked=marked)
        if new == old:
            raise Refusal(400, "Bad Request: message is not modified", is_wrong=False)
        self.sent[place] = new
        return self.described(new)

    def _delete(self, chat: int, ids: list[int]) -> bool:
        self._reach(chat)
        now = time.time()
        for number in ids:
            if (chat, number) in self.incoming and now - self.incoming[chat, number] < _DELETABLE_SECONDS:
                self.deleted.add((chat, number))
                continue
            found = [place for place, one in enumerate(self.sent) if (one.chat, one.id) == (chat, number)]
            if found and now - self.sent[found[0]].at >= _DELETABLE_SECONDS:
                raise Refusal(400, "Bad Request: message can't be deleted", is_wrong=False)
            for place in found:
                self.sent[place] = replace(self.sent[place], is_deleted=True)
        return True

    def _answered(self, values: dict[str, Any]) -> bool:
        number = values["callback_query_id"]
        if self.callbacks.get(number, values) is not None:
            raise Refusal(400, "Bad Request: query is too old or query ID is invalid", is_wrong=False)
        self.callbacks[number] = values
        return True

    def _menu(self, values: dict[str, Any]) -> bool:
        for command in values.get("commands", ()):
            if not _COMMAND.fullmatch(command["command"]):
                raise Refusal(400, "Bad Request: BOT_COMMAND_INVALID")
        if len(values.get("language_code", "")) not in {0, 2}:
            raise Refusal(400, "Bad Request: language_code must have two letters")
        scope = values.get("scope", {})
        place = f"chat:{scope['chat_id']}" if scope.get("type") == "chat" else values.get("language_code", "")
        if "chat_id" in scope:
            self._reach(scope["chat_id"])
        self.menus[place] = values.get("commands", [])
        return True

    def _open_topic(self, values: dict[str, Any]) -> dict[str, Any]:
        chat = values["chat_id"]
        self._reach(chat)
        if chat not in self.forums:
            raise Refusal(400, "Bad Request: the chat is not a forum", is_wrong=False)
        thread = self.next_id()
        self.topics[thread] = (chat, values["name"])
        return {"message_thread_id": thread, "name": values["name"], "icon_color": 7322096}

    def _reach(self, chat: object) -> None:
        if chat in self.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user", is_wrong=False)
        if chat in self.moved:
            raise Refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", to=self.moved[chat])
        if not isinstance(chat, int) or not any(one == chat for one, _ in self.incoming):
            raise Refusal(400, "Bad Request: chat not found")

    def _place(self, chat: object, number: object) -> int:
        for place, message in enumerate(self.sent):
            if (message.chat, message.id) == (chat, number) and not message.is_deleted:
                return place
        raise Refusal(400, "Bad Request: message to edit not found", is_wrong=False)

    def described(self, message: Message) -> dict[str, Any]:
        kind = "private" if message.chat > 0 else "supergroup"
        chat = {"id": message.chat, "type": kind, "first_name" if kind == "private" else "title": "Somebody"}
        topic = {} if message.thread is None else {"message_thread_id": message.thread, "is_topic_message": True}
        return {
            "message_id": message.id,
            "date": int(message.at),
            "chat": {**chat, **({"is_forum": True} if message.chat in self.forums else {})},
            "from": self._bot,
            "text": message.text,
            **topic,
        }


def _shown(values: dict[str, Any]) -> tuple[str, tuple[tuple[str, str], ...]]:
    text: str = values["text"]
    marked: tuple[tuple[str, str], ...] = ()
    if values.get("parse_mode", "").casefold() == "html":
        try:
            text, marked = read_html(text)
        except BadMarkup as fault:
            raise Refusal(400, f"Bad Request: can't parse entities: {fault}") from fault
    if not text.strip():
        raise Refusal(400, "Bad Request: message text is empty")
    if units(text) > _LONGEST_TEXT:
        raise Refusal(400, "Bad Request: message is too long")
    return text, marked


def _keyboard(markup: dict[str, Any] | None) -> tuple[tuple[dict[str, Any], ...], ...]:
    rows = tuple(tuple(row) for row in (markup or {}).get("inline_keyboard", ()))
    if sum(len(row) for row in rows) > 100:
        raise Refusal(400, "Bad Request: too many buttons")
    return rows
