"""What an update says, read with nothing taken for granted: a field may be missing, null or of the future."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.conversation.events import MAX_FILE, Attached, Attachment, Handle, Said

_ATTACHMENTS = {
    "photo": Attachment.PICTURE,
    "live_photo": Attachment.PICTURE,
    "voice": Attachment.VOICE,
    "audio": Attachment.VOICE,
    "video": Attachment.VIDEO,
    "video_note": Attachment.VIDEO,
    "animation": Attachment.VIDEO,
    "document": Attachment.FILE,
    "sticker": Attachment.STICKER,
}
_OTHERS = (
    "location",
    "venue",
    "poll",
    "dice",
    "game",
    "story",
    "paid_media",
    "checklist",
    "invoice",
    "gift",
    "giveaway",
)
_GROUPS = frozenset({"group", "supergroup"})

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Me:
    """The bot's own account."""

    id: int
    username: str


@dataclass(frozen=True, slots=True)
class Wrote:
    """`said` is one of perhaps several messages in a row; with the `message` of an earlier one, it is written anew."""

    chat: int
    message: int
    hint: str | None
    said: Said | Attached


@dataclass(frozen=True, slots=True)
class Commanded:
    """`argument`: what stood behind the command, as in a deep link."""

    chat: int
    message: int
    hint: str | None
    command: str
    argument: str


@dataclass(frozen=True, slots=True)
class Tapped:
    chat: int
    hint: str | None
    query: str
    data: str


@dataclass(frozen=True, slots=True)
class InGroup:
    """Somebody spoke to the bot where others read."""

    chat: int
    hint: str | None


@dataclass(frozen=True, slots=True)
class Blocked:
    """The person wants nothing more from the bot."""

    chat: int


Arrived = Wrote | Commanded | Tapped | InGroup | Blocked


def chat_of(update: Json) -> int | None:
    """Whose updates this one has to be in order with."""
    for part in update.values():
        message = _object(part, "message") if isinstance(part, Mapping) and "chat" not in part else part
        if isinstance(message, Mapping) and (chat := _number(_object(message, "chat"), "id")) is not None:
            return chat
    return None


def read_update(update: Json, me: Me) -> Arrived | None:
    """None for what is nobody's business here: channel posts, reactions, payments, what is not known yet."""
    for name in ("message", "edited_message"):
        if message := _object(update, name):
            return _message(message, me, is_edit=name != "message")
    if press := _object(update, "callback_query"):
        return _press(press)
    if change := _object(update, "my_chat_member"):
        return _member(change)
    return None


def _message(message: Json, me: Me, *, is_edit: bool) -> Arrived | None:
    chat = _object(message, "chat")
    number, place = _number(chat, "id"), _number(message, "message_id")
    sender = _object(message, "from")
    if number is None or place is None or sender.get("is_bot") is True:
        return None
    hint = _text(sender, "language_code") or None
    if chat.get("type") in _GROUPS:
        return InGroup(number, hint) if not is_edit and _is_addressed(message, me) else None
    if chat.get("type") != "private":
        return None
    text = _with_links(_text(message, "text"), message.get("entities"))
    if text.startswith("/") and not is_edit and (read := _command(text, me)):
        return Commanded(number, place, hint, *read)
    said = Said(text) if text.strip() else _attached(message)
    return None if said is None else Wrote(number, place, hint, said)


def _attached(message: Json) -> Said | Attached | None:
    caption = _with_links(_text(message, "caption"), message.get("caption_entities"))
    for name, what in _ATTACHMENTS.items():
        if message.get(name):
            is_image = what is Attachment.FILE and _text(_object(message, name), "mime_type").startswith("image/")
            return Attached(Attachment.PICTURE if is_image else what, caption, _handle(message[name], what))
    if contact := _object(message, "contact"):
        parts = (_text(contact, "first_name"), _text(contact, "last_name"), _text(contact, "phone_number"))
        return Said(" ".join(part for part in parts if part)) if any(parts) else Attached(Attachment.OTHER)
    if any(message.get(name) for name in _OTHERS):
        return Attached(Attachment.OTHER, caption)
    if isinstance(message.get("text"), str):
        return Said("")
    return Said(caption) if caption.strip() else None


def _handle(file: object, what: Attachment) -> Handle | None:
    """By what the file can be fetched; of a photo's sizes the largest that can be."""
    if what is Attachment.STICKER:
        return None
    if isinstance(file, Mapping) and isinstance(file.get("photo"), list):
        # Of a picture that moves for a second, the picture: that is where words are.
        file = file["photo"]
    if isinstance(file, list):
        sizes = [one for one in file if isinstance(one, Mapping)]
        fitting = [one for one in sizes if (_number(one, "file_size") or 0) <= MAX_FILE] or sizes
        file = max(fitting, key=_pixels, default=None)
    fetch, size = _text(file, "file_id"), _number(file, "file_size")
    name = _text(file, "file_unique_id") or fetch
    return Handle(name, fetch, size) if fetch else None


def _pixels(size: Json) -> int:
    return (_number(size, "width") or 0) * (_number(size, "height") or 0)


def _with_links(text: str, entities: object) -> str:
    """With the addresses that stand behind words: in a forwarded message they are what matters."""
    if not isinstance(entities, list):
        return text
    links = [_text(entity, "url") for entity in entities if isinstance(entity, Mapping)]
    hidden = [link for link in dict.fromkeys(links) if link and link not in text]
    return "\n".join((text, *hidden[:10])) if hidden else text


def _command(text: str, me: Me) -> tuple[str, str] | None:
    head, _, argument = text.strip().partition(" ")
    name, _, whose = head[1:].partition("@")
    if not name.isascii() or not name.replace("_", "").isalnum() or (whose and whose.lower() != me.username.lower()):
        return None
    return name.lower(), argument.strip()[:64]


def _is_addressed(message: Json, me: Me) -> bool:
    text = (_text(message, "text") or _text(message, "caption")).lower()
    if f"@{me.username.lower()}" in text:
        return True
    if text.startswith("/"):
        return "@" not in text.split(maxsplit=1)[0]
    return _number(_object(_object(message, "reply_to_message"), "from"), "id") == me.id


def _press(press: Json) -> Tapped | None:
    chat = _object(_object(press, "message"), "chat")
    number, query = _number(chat, "id"), _text(press, "id")
    if number is None or not query or chat.get("type") != "private":
        return None
    sender = _object(press, "from")
    return Tapped(number, _text(sender, "language_code") or None, query, _text(press, "data"))


def _member(change: Json) -> Blocked | None:
    chat = _object(change, "chat")
    number = _number(chat, "id")
    is_gone = _text(_object(change, "new_chat_member"), "status") == "kicked"
    return Blocked(number) if is_gone and number is not None and chat.get("type") == "private" else None


def _object(place: object, name: str) -> Json:
    part = place.get(name) if isinstance(place, Mapping) else None
    return part if isinstance(part, Mapping) else {}


def _text(place: object, name: str) -> str:
    part = place.get(name) if isinstance(place, Mapping) else None
    return part if isinstance(part, str) else ""


def _number(place: object, name: str) -> int | None:
    part = place.get(name) if isinstance(place, Mapping) else None
    return part if isinstance(part, int) and not isinstance(part, bool) else None
