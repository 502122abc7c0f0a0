"""What triage gives to a face that shows it: the queue's rows, and a tip opened."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.services.beside_views import Beside, SealedBeside
from bot.services.held_back import HeldBack
from bot.services.tipbox import TipBox
from bot.services.urgency import Reason
from storage import audit, exhibits, links, messages, withdrawals
from storage.queueing import Nearness, Place
from storage.tips import Tip


@dataclass(frozen=True, slots=True)
class QueueRow:
    """A tip in the list: why it is urgent, how many other tips share an observable with it, and how many say nearly the
    same (`similar.COUNTED` + 1 standing for more)."""

    tip: Tip
    reasons: tuple[Reason, ...]
    sharing: int
    similar: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """One page of the queue. Counts go up to one more than `queueing.COUNTED`: `total` fit the filter, `lanes` and
    `deadlines` (empty but for supervisors) count open tips."""

    rows: tuple[QueueRow, ...]
    total: int
    earlier: Place | None
    further: Place | None
    lanes: Mapping[str, int]
    deadlines: Mapping[Nearness, int]
    withdrawn: tuple[withdrawals.WithdrawalNotice, ...]
    """Tips the asking reviewer held when their reporters took them back."""
    held_back: HeldBack | None = None
    """Why what was learned last does not serve, if so."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A message between staff and reporter, opened; `text` is None once erased."""

    kind: messages.MessageKind
    at: datetime
    by: str | None
    text: str | None
    is_answered: bool
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class Shown:
    """An exhibit in a tip's list: what it is, not its content. `size` in bytes."""

    id: int
    kind: str
    type: str
    size: int
    kept_at: datetime


@dataclass(frozen=True, slots=True)
class SimilarTip:
    """A tip that says nearly the same: how much, from 0 to 1, and how it stands."""

    tip: Tip
    resemblance: float


@dataclass(frozen=True, slots=True)
class OpenedTip:
    """All there is to a tip. `box` is None when its content was erased; `others` counts tips by observable."""

    tip: Tip
    reasons: tuple[Reason, ...]
    box: TipBox | None
    others: Mapping[tuple[str, str], int]
    spoken: tuple[Spoken, ...]
    verdict_reason: str | None
    duplicates: tuple[str, ...]
    history: tuple[audit.Recorded, ...]
    beside: Beside
    exhibits: tuple[Shown, ...] = ()
    similar: tuple[SimilarTip, ...] = ()


@dataclass(frozen=True, slots=True)
class SealedTip:
    """A tip as one unit read it, before anything is opened."""

    tip: Tip
    content: bytes | None
    reason: bytes | None
    messages: tuple[messages.Message, ...]
    others: Mapping[links.ObservableHash, int]
    duplicates: tuple[str, ...]
    history: tuple[audit.Recorded, ...]
    exhibits: tuple[exhibits.Exhibit, ...]
    beside: SealedBeside
    similar: tuple[SimilarTip, ...]
