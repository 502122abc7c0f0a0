"""The saved state of one conversation."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from bot.conversation.events import Attachment, Effect, Handle, Item, OpenedTip, Reply
from bot.conversation.report import Report
from knowledge.dangers import Danger
from knowledge.language import Language


class Stage(StrEnum):
    """What is on the person's screen."""

    OPEN = "open"
    """Nothing told yet."""
    TELL = "tell"
    """A kind was chosen; the telling is awaited."""
    CARD = "card"
    """The card of a danger."""
    HELD = "held"
    """The card for someone who is held."""
    SAFETY = "safety"
    """An insider is asked who can see this phone."""
    WHICH_DANGER = "which-danger"
    """"Someone is in danger" was pressed; which danger?"""
    EXPOSURE = "exposure"
    """A check that warned: did you do anything with it?"""
    CLARIFY = "clarify"
    """A check that is similar to something known: a question that tells patterns apart, named by `question`."""
    UNKNOWN = "unknown"
    """A check like nothing known."""
    OFFER = "offer"
    """Advice was given; report it here too?"""
    QUESTION = "question"
    REVIEW = "review"
    CHANGE = "change"
    PLACE = "place"
    LANGUAGE = "language"
    STOPPING = "stopping"
    RETURNED = "returned"
    CLOSED = "closed"
    """Ended without filing; the next message begins anew."""
    FILED = "filed"
    RECEIPT = "receipt"
    """A receipt was opened."""
    WRITING = "writing"
    """The next message goes to the opened tip."""
    WITHDRAWING = "withdrawing"


@dataclass(frozen=True, slots=True)
class Place:
    """A screen one can go back to."""

    stage: Stage
    question: str | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """One message of several; `what` where it was more than words."""

    text: str
    what: Attachment | None = None
    place: int = 0
    ref: str = ""
    file: Handle | None = None


@dataclass(frozen=True, slots=True)
class Awaited:
    """A file on its way. `tip`: whose it is where that is filed; None for the report that is being told. `answer`: it
    answers what staff asked."""

    name: str
    what: Attachment
    tip: str | None = None
    answer: bool = False


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that is here, and of which nothing was said yet."""

    awaited: Awaited
    item: Item


@dataclass(frozen=True, slots=True)
class Exhibits:
    """What was sent that is no text. Its content is elsewhere, and nothing of it here but words that were read off it.

    `album`: it is not decided yet whether they are fetched; `alone`: without a word beside them; `weighing`: what was
    told is being matched for that. `kept`: the names of those that are kept.
    """

    album: tuple[Piece, ...] = ()
    alone: bool = False
    weighing: bool = False
    awaited: tuple[Awaited, ...] = ()
    arrived: tuple[Arrived, ...] = ()
    due: datetime | None = None
    """When what has arrived is spoken of, though more may be on its way."""
    kept: tuple[str, ...] = ()

    @property
    def on_their_way(self) -> tuple[Awaited, ...]:
        """Those of the report that is being told."""
        return tuple(one for one in self.awaited if one.tip is None)

    def filed_as(self, tip: str) -> "Exhibits":
        """What is still on its way belongs to the tip that its report has become."""
        return replace(self, awaited=tuple(replace(one, tip=one.tip or tip) for one in self.awaited))

    def without_the_report(self) -> "Exhibits":
        """What was sent for a report that is given up goes with it; what belongs to a tip comes all the same."""
        return Exhibits(awaited=tuple(one for one in self.awaited if one.tip is not None))


@dataclass(frozen=True, slots=True)
class Gathering:
    """What was written in a row and is not read yet. `hurried`: something in it cannot wait for more."""

    pieces: tuple[Piece, ...]
    since: datetime
    due: datetime
    hurried: bool = False

    @property
    def length(self) -> int:
        return sum(len(piece.text) for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Session:
    """`turn` numbers the screens: a button is good only for the screen that showed it."""

    turn: int = 0
    language: Language = Language.EN
    language_chosen: bool = False
    speaks_as: str | None = None
    """The place whose words they use themself, where that shows, wherever they are."""
    country: str | None = None
    country_chosen: bool = False
    stage: Stage = Stage.OPEN
    question: str | None = None
    report: Report = field(default_factory=Report)
    card: Danger | None = None
    """The danger whose card is, or was last, on the screen."""
    cards: tuple[Danger, ...] = ()
    """Dangers whose card was shown."""
    waiting: tuple[Danger, ...] = ()
    """Dangers seen whose card is still to come, the most pressing first."""
    safety_asked: bool = False
    held_shown: bool = False
    matched: int = 0
    """Lines of the telling that the last match covered."""
    warned: str | None = None
    """The pattern last warned of, so that it is not said twice."""
    doubts: tuple[str, ...] = ()
    """The clarifying questions already answered, as "pattern/question", in the order they were asked."""
    exposure: str | None = None
    identity_told: bool = False
    """What to do once ID was given was said."""
    misread: int = 0
    asked: tuple[str, ...] = ()
    past: tuple[Place, ...] = ()
    resume: Place | None = None
    quiet: bool = False
    """Nothing may be sent unasked; channels that push do so silently."""
    minor: bool = False
    """Pictures are refused before they are looked at; no name, school or address is asked."""
    of_a_child: bool = False
    """Whoever writes speaks of a child, and is none."""
    of_another: bool = False
    """Whose life is in danger is somebody else."""
    theirs: bool = False
    """Who is about to travel, or whose account it is, is somebody else."""
    intimate: bool = False
    """Somebody is extorted with pictures of them: pictures are refused as well."""
    exhibits: Exhibits = field(default_factory=Exhibits)
    tip: str | None = None
    """The tip this conversation filed, so that what is said afterwards is added to it."""
    opened: OpenedTip | None = None
    answering: bool = False
    gathering: Gathering | None = None
    read: tuple[Piece, ...] = ()
    """The latest pieces that were read, so that one written anew is known."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One event's outcome. `forget`: what was said so far must leave the channel's history as well."""

    session: Session
    replies: tuple[Reply, ...] = ()
    effects: tuple[Effect, ...] = ()
    forget: bool = False
