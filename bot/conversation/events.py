"""What enters the conversation (events) and what leaves it (replies, effects)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.conversation.report import Report
from knowledge.language import Language
from knowledge.matching import Matching

MAX_TEXT = 16_384
"""Characters one message may have; a longer one is refused with its text kept where the channel can keep it."""
MAX_FILE = 20 * 1024 * 1024
"""Bytes one file may have: as many as the Bot API lets a bot fetch."""
MAX_WORDS = 6_000
"""Characters read off one picture that are taken in; a QR code holds 4,296 at most."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The person opened the channel, or came back to it, without saying anything yet."""

    returned: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A message in words."""

    text: str


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button. `turn` is the turn that showed it; None where the channel can't tell (a typed number)."""

    button: str
    turn: int | None = None


class Attachment(StrEnum):
    PICTURE = "picture"
    VOICE = "voice"
    VIDEO = "video"
    FILE = "file"
    STICKER = "sticker"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Handle:
    """A file that the channel has. `name` is the same for the same file, however often it comes; by `fetch` it is
    fetched. `size` in bytes, where the channel says it."""

    name: str
    fetch: str
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Attached:
    """Something that is no text. `caption`: the words that came with it; `file`: None where it cannot be fetched."""

    what: Attachment
    caption: str = ""
    file: Handle | None = None


class Unkept(StrEnum):
    """Why something that was sent is not kept."""

    TOO_BIG = "too-big"
    TOO_MANY = "too-many"
    EMPTY = "empty"
    UNSUPPORTED = "unsupported"
    """Neither a picture nor a recording nor a PDF, whatever it is called."""
    LOST = "lost"
    """The channel did not give it, however often it was asked."""
    REFUSED = "refused"
    """A picture where pictures may be intimate."""
    KNOWN = "known"
    """It is kept already."""


@dataclass(frozen=True, slots=True)
class Item:
    """A file that is here, or why it is not. `what` is by its content; `words` were read off it, if any were."""

    name: str
    what: Attachment
    unkept: Unkept | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Brought:
    """Files are here: `fetched`, in answer to the effect Fetch, perhaps much later; else they came with this event."""

    items: tuple[Item, ...]
    fetched: bool = False


@dataclass(frozen=True, slots=True)
class TooLong:
    """A message over MAX_TEXT characters, which the channel has not passed on."""

    length: int


@dataclass(frozen=True, slots=True)
class Part:
    """A message where people write several in a row: what follows within `pause` belongs to it.

    `place` orders the parts as they were written, whatever order they arrive in; `ref` is the channel's name of the
    message, so that writing it anew (an edit) changes what it said instead of saying it twice.
    """

    said: Said | Attached
    pause: timedelta
    place: int = 0
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Paused:
    """The answer, later, to the effect Wait: nothing may have come since."""


@dataclass(frozen=True, slots=True)
class Matched:
    """The answer to the effect Match."""

    matching: Matching


@dataclass(frozen=True, slots=True)
class Filed:
    """The answer to the effect File: the tip is part of the commit this turn ends in.

    `will_write`: the channel can write first, and will once there is an answer.
    """

    receipt: str
    tip: str
    will_write: bool = False


@dataclass(frozen=True, slots=True)
class TipMessage:
    """Something staff wrote to the reporter, opened with the receipt."""

    text: str
    question: bool
    at: datetime
    authority: bool = False
    """It is no more than the name of the authority that the report was passed on to."""


@dataclass(frozen=True, slots=True)
class OpenedTip:
    """What a receipt shows: when, where it stands, and what staff wrote; never the telling.

    `asks`: whether staff asked something. A session keeps that, and never their words: only the receipt opens those.
    """

    tip: str
    filed_at: datetime
    state: str
    verdict: str | None = None
    messages: tuple[TipMessage, ...] = ()
    asks: bool = False


@dataclass(frozen=True, slots=True)
class LookedUp:
    """The answer to the effect LookUp. None: no such receipt, or none any more."""

    tip: OpenedTip | None


@dataclass(frozen=True, slots=True)
class Limited:
    """The shell refused an effect because there were too many."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Done:
    """The answer to an effect that gives nothing back; `ok` is False where the tip is gone."""

    ok: bool = True


Event = (
    Opened | Said | Pressed | Attached | TooLong | Part | Paused | Brought | Matched | Filed | LookedUp | Limited | Done
)


@dataclass(frozen=True, slots=True)
class Match:
    """Match all that was told."""

    text: str


@dataclass(frozen=True, slots=True)
class File:
    """File the report as a tip. `watch`: the person asked to hear if it turns out to be a scam; kept 90 days.

    `notice`: what to write to them then, where that can be done and could not harm them. `exhibits`: whether files were
    kept that go with it.
    """

    report: Report
    language: Language
    country: str | None
    watch: bool = False
    notice: str = ""
    exhibits: bool = False


@dataclass(frozen=True, slots=True)
class LookUp:
    """Open a receipt, as it was typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Add:
    """Add to a filed tip: `answer` where it answers what staff asked."""

    tip: str
    text: str
    answer: bool = False


@dataclass(frozen=True, slots=True)
class Withdraw:
    tip: str


@dataclass(frozen=True, slots=True)
class Clear:
    """Erase the session and what the channel can erase."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Come back with Paused at `until`, even if this process does not live so long."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Fetch:
    """Bring a file in, look what is on it, and come back with Brought, even if this process does not live so long."""

    what: Attachment
    file: Handle


@dataclass(frozen=True, slots=True)
class Keep:
    """Keep a file of the event Brought with the report that is being told, or with a filed tip. Nothing answers."""

    name: str
    tip: str | None = None


@dataclass(frozen=True, slots=True)
class Drop:
    """Erase the files that were kept with a report that is not filed. Nothing answers."""


Effect = Match | File | LookUp | Add | Withdraw | Clear | Wait | Fetch | Keep | Drop


@dataclass(frozen=True, slots=True)
class Button:
    """`id` is opaque to channels and at most 40 ASCII characters; `label` is in the person's language."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Reply:
    """One message. `text` is plain but for **bold**; a line may begin "1. ".

    once: must not be kept in any history (a receipt, a script with the person's own account).
    silent: a channel that can push sends it without sound or preview.
    urgent: a card of what cannot wait; channels may set it apart.
    """

    text: str
    buttons: tuple[Button, ...] = ()
    once: bool = False
    silent: bool = False
    urgent: bool = False
