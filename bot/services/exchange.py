"""What passes between a channel and the intake: what came in, what the person sees, and how a talk begins."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.conversation.events import Button, Event, Pressed, Reply
from bot.conversation.session import Session
from bot.services.history import History
from knowledge.language import SPEAK_AS_HONG_KONG, Language
from knowledge.observables.countries import CUSTOMS
from storage.exhibits import NewExhibit
from storage.outbox import Outgoing


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a channel received. `update` is the same for each delivery of the same thing.

    `conversation` is the channel's own address of the person, `hint` a BCP 47 tag it knows them by, `source` where the
    request came from (a network address), if that can be told; neither is kept but as a pseudonym.
    """

    channel: str
    conversation: str
    update: str
    event: Event
    hint: str | None = None
    source: str | None = None
    turn: int | None = None
    """The turn of the screen the person answers from, where the channel knows it; a button knows its own."""
    pushes: bool = False
    """The channel writes to the person: replies wait in the outbox to be sent, and nobody comes to fetch them."""
    mark: str = ""
    """By what the channel can take this message away again, if it can."""
    exhibits: Mapping[str, NewExhibit] = field(default_factory=dict)
    """The files of the event Brought, sealed, by their names."""

    def with_exhibits(self, exhibits: Mapping[str, NewExhibit]) -> "Incoming":
        return replace(self, exhibits=exhibits)

    @property
    def screen_turn(self) -> int | None:
        return self.event.turn if self.turn is None and isinstance(self.event, Pressed) else self.turn


@dataclass(frozen=True, slots=True)
class Screen:
    """What a person sees: `replies` are new (or, in a view, what stands there), `once` are messages to show until
    acknowledged and never again."""

    replies: tuple[Reply, ...]
    standing: tuple[Button, ...]
    language: Language
    turn: int
    history: History
    once: tuple[Reply, ...] = ()
    over: bool = False
    """Filed, or a receipt is open: nothing is half told."""
    takes_files: bool = True
    """Whether pictures, recordings and files are taken at all."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """`kept` is False where nothing was saved and the person should send it again; `repeated` where it came before."""

    screen: Screen
    kept: bool = True
    repeated: bool = False
    cleared: bool = False
    flooded: bool = False
    """Not kept because there were too many: to send it again at once would not help."""
    waits: datetime | None = None
    """When the conversation asked to be come back to."""
    outgoing: tuple[Outgoing, ...] = ()
    """What was said, where it is left for a while to whoever sends it at once."""
    earlier: tuple[int, ...] = ()
    """What waited for the person before: it goes first."""
    fetches: bool = False
    """Whether it asked for a file to be brought in."""


def begin(hint: str | None) -> Session:
    """A new session in the language and place of a tag such as zh-TW; English and nowhere where it tells nothing."""
    parts = (hint or "").replace("_", "-").split("-")
    regions = [part.upper() for part in parts[1:] if part.upper() in CUSTOMS]
    language = Language.EN
    if parts[0].lower() in {"zh", "yue", "cmn"}:
        lower = {part.lower() for part in parts[1:]}
        traditional = parts[0].lower() == "yue" or (bool(lower & {"hant", "tw", "hk", "mo"}) and "hans" not in lower)
        language = Language.ZH_HANT if traditional else Language.ZH_HANS
    country = regions[0] if regions else None
    return Session(language=language, country=country, speaks_as="HK" if country in SPEAK_AS_HONG_KONG else None)
