"""Which tips a page of the queue is to show, as its address says it; a saved filter is such an address too."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl, urlencode

from bot.staff.wording import N_
from knowledge.dangers import Kind
from knowledge.language import Language
from storage.queueing import Nearness, QueueFilter
from storage.ranks import Lane
from storage.tips import OPEN_STATES, TipState

STATES: Mapping[str, tuple[str, frozenset[TipState]]] = MappingProxyType(
    {
        "open": (N_("To do"), OPEN_STATES),
        "new": (N_("Nobody's yet"), frozenset({TipState.NEW})),
        "mine": (N_("Mine"), OPEN_STATES),
        "waiting": (N_("Waiting"), frozenset({TipState.WAITING})),
        "ended": (N_("Decided"), frozenset({TipState.DECIDED, TipState.MERGED})),
        "gone": (N_("Withdrawn"), frozenset({TipState.WITHDRAWN, TipState.ERASED})),
    }
)
AGES = (1, 3, 7, 30)
"""Days since the filing."""
_LONGEST = 60
"""No id of a pattern is longer."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Each is empty where it does not matter. `age`: filed so many days ago; `news`: the reporter wrote last."""

    lane: str = ""
    state: str = ""
    kind: str = ""
    pattern: str = ""
    country: str = ""
    language: str = ""
    age: str = ""
    deadline: str = ""
    news: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "Chosen":
        """From an address or a form; what is none of the choices does not matter."""
        one_of: Mapping[str, Any] = {
            "lane": set(Lane),
            "state": set(STATES) - {"open"},
            "kind": set(Kind),
            "language": set(Language),
            "age": {str(days) for days in AGES},
            "deadline": set(Nearness),
            "news": {"1"},
        }
        chosen = {name: value for name in one_of if (value := asked.get(name, "")) in one_of[name]}
        country, pattern = asked.get("country", ""), asked.get("pattern", "")
        if len(country) == 2 and country.isascii() and country.isalpha():
            chosen["country"] = country.upper()
        if len(pattern) <= _LONGEST and pattern.isascii() and pattern.replace("-", "").isalnum():
            chosen["pattern"] = pattern
        return cls(**chosen)

    @classmethod
    def parse(cls, query: str) -> "Chosen":
        """From what `query` gave."""
        return cls.read(dict(parse_qsl(query)))

    @property
    def query(self) -> str:
        """As an address has it; empty for everything that is to be done."""
        return urlencode({name: value for name, value in asdict(self).items() if value})

    @property
    def fields(self) -> Mapping[str, str]:
        """What is chosen, for a form that hands it on."""
        return {name: value for name, value in asdict(self).items() if value}

    def but(self, **changes: str) -> "Chosen":
        """The same with something else chosen."""
        return replace(self, **changes)

    def filter(self, reader: str, now: datetime) -> QueueFilter:
        """For storage; `reader` is whose tips are "mine"."""
        return QueueFilter(
            states=STATES[self.state or "open"][1],
            lane=self.lane or None,
            kind=self.kind or None,
            pattern=self.pattern or None,
            country=self.country or None,
            language=self.language or None,
            claimed_by=reader if self.state == "mine" else None,
            has_news=bool(self.news),
            filed_before=now - timedelta(days=int(self.age)) if self.age else None,
            deadline=(Nearness(self.deadline), now) if self.deadline else None,
        )
