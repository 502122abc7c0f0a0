"""People who write to the bot, as their app does."""

import time
from typing import TYPE_CHECKING, Any

from tests.fakes.telegram_methods import Message

if TYPE_CHECKING:
    from tests.fakes.telegram_api import TelegramApi

_CLIENT_SPLITS_AT = 4096
_KINDS: dict[str, dict[str, Any]] = {
    "photo": {"width": 90, "height": 60},
    "voice": {"duration": 3},
    "video": {"width": 90, "height": 60, "duration": 3},
    "document": {"file_name": "a.pdf"},
    "sticker": {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False},
}
_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010100000000376ef9240000000a49444154789c636000000002000148afa471"
    "0000000049454e44ae426082"
)
_CONTENTS = {
    "photo": _PIXEL,
    "voice": b"OggS" + bytes(60),
    "video": bytes(4) + b"ftypisom" + bytes(60),
    "document": b"%PDF-1.4\n%%EOF\n",
    "sticker": b"RIFF" + bytes(4) + b"WEBP",
}


class Person:
    """In one chat. `write` and the others give the id of the update."""

    def __init__(self, api: "TelegramApi", number: int, language: str, chat: int) -> None:
        self._api = api
        self.number = number
        self.chat = chat
        self._user = {"id": number, "is_bot": False, "first_name": "Somebody", "language_code": language}

    @property
    def messages(self) -> list[Message]:
        """The bot's in this chat that are there."""
        with self._api.changed:
            return [one for one in self._api.methods.sent if one.chat == self.chat and not one.is_deleted]

    @property
    def own_left(self) -> list[int]:
        """The ids of the person's own messages that are still there."""
        methods = self._api.methods
        with self._api.changed:
            return [n for chat, n in methods.incoming if chat == self.chat and (chat, n) not in methods.deleted]

    def write(self, text: str, **more: Any) -> int:
        return self._api.deliver({"message": self.message(text=text, **_entities(text), **more)})

    def reply(self, message: Message, text: str, **more: Any) -> int:
        """Written as the answer to one of the bot's messages."""
        with self._api.changed:
            answered = self._api.methods.described(message)
        topic = {name: answered[name] for name in ("message_thread_id", "is_topic_message") if name in answered}
        return self.write(text, reply_to_message=answered, **topic, **more)

    def paste(self, text: str) -> list[int]:
        """An app sends what is too long for one message as several."""
        parts = [text[at : at + _CLIENT_SPLITS_AT] for at in range(0, len(text), _CLIENT_SPLITS_AT)] or [""]
        return self._api.deliver_all({"message": self.message(text=part)} for part in parts)

    def forward(self, texts: list[str]) -> list[int]:
        """Several at once, as they are chosen in another chat."""
        origin = {"type": "hidden_user", "sender_user_name": "客服", "date": int(time.time()) - 60}
        return self._api.deliver_all({"message": self.message(text=text, forward_origin=origin)} for text in texts)

    def send(self, kind: str, caption: str = "", *, content: bytes | None = None, **more: Any) -> int:
        """`content` is what the file holds; something harmless, if it is not given."""
        words: dict[str, Any] = {"caption": caption} if caption else {}
        return self._api.deliver({"message": self.message(**self._file(kind, content), **words, **more)})

    def send_album(self, pictures: int | list[bytes], caption: str = "") -> list[int]:
        """So many, or these."""
        group: dict[str, Any] = {"media_group_id": str(time.monotonic_ns())}
        contents = [None] * pictures if isinstance(pictures, int) else pictures
        captions: list[dict[str, Any]] = [
            {"caption": caption} if caption and not n else {} for n in range(len(contents))
        ]
        return self._api.deliver_all(
            {"message": self.message(**self._file("photo", content), **group, **words)}
            for content, words in zip(contents, captions, strict=True)
        )

    def edit(self, message: int, text: str) -> int:
        edited = {**self.message(text=text, number=message), "edit_date": int(time.time())}
        return self._api.deliver({"edited_message": edited})

    def press(self, message: Message, label: str, *, number: int | None = None) -> int:
        """A button under a message; with the `number` of an update, the same press delivered once more."""
        return self.press_data(message, message.buttons[label], number=number)

    def press_data(self, message: Message, data: str, *, number: int | None = None) -> int:
        with self._api.changed:
            query = f"{len(self._api.methods.callbacks) + 1}"
            self._api.methods.callbacks[query] = None
            shown = self._api.methods.described(message)
        press = {"id": query, "from": self._user, "message": shown, "chat_instance": "1", "data": data}
        return self._api.deliver({"callback_query": press}, number=number)

    def block(self) -> int:
        with self._api.changed:
            self._api.methods.blocked.add(self.chat)
        return self._member("member", "kicked")

    def unblock(self) -> int:
        with self._api.changed:
            self._api.methods.blocked.discard(self.chat)
        return self._member("kicked", "member")

    def wait(self, more_than: int, *, patience: float = 60) -> list[Message]:
        """The messages beyond the first so many, once there are any."""
        self._api.wait_until(lambda: len(self.messages) > more_than, patience)
        return self.messages[more_than:]

    def message(self, *, number: int | None = None, **content: Any) -> dict[str, Any]:
        with self._api.changed:
            number = number or self._api.methods.next_id()
            self._api.methods.incoming[self.chat, number] = time.time()
        kind = "private" if self.chat > 0 else "supergroup"
        chat = {"id": self.chat, "type": kind, "first_name" if kind == "private" else "title": "Somebody"}
        if self.chat in self._api.methods.forums:
            chat["is_forum"] = True
        return {"message_id": number, "date": int(time.time()), "chat": chat, "from": self._user, **content}

    def _file(self, kind: str, content: bytes | None) -> dict[str, Any]:
        content = _CONTENTS[kind] if content is None else content
        with self._api.changed:
            names = self._api.methods.keep_file(content, kind)
        described = {**names, **_KINDS[kind], "file_size": len(content)}
        if kind != "photo":
            return {kind: described}
        # Smaller sizes of it come first, which nobody has asked for yet.
        small = {**described, "file_id": f"{names['file_id']}-small", "width": 9, "height": 6, "file_size": 100}
        return {kind: [small, described]}

    def _member(self, before: str, after: str) -> int:
        bot = {"id": int(self._api.token.split(":")[0]), "is_bot": True, "first_name": "Fanzha"}
        change: dict[str, Any] = {"chat": self.message()["chat"], "from": self._user, "date": int(time.time())}
        for when, status in (("old_chat_member", before), ("new_chat_member", after)):
            until = {"until_date": 0} if status == "kicked" else {}
            change[when] = {"user": bot, "status": status, **until}
        return self._api.deliver({"my_chat_member": change})


def _entities(text: str) -> dict[str, Any]:
    if not text.startswith("/"):
        return {}
    return {"entities": [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0])}]}
