"""The figures of the dashboard: read at most once a minute for each stretch of days, and honest about when."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from bot.services.permissions import Act, Actor, require
from storage.database import Database, Transaction
from storage.flow_figures import Figures, FlowFigures, flow_figures
from storage.queue_health import Health, queue_health
from storage.tallies import Tally, deciders_between, patterns_between, tallies, verdicts_between

FRESH = timedelta(minutes=1)
"""So long the figures that were read are shown again."""
LONGEST_DAYS = 366
_KEPT = 16
_DAILY = 62
"""Up to so many days each is counted by itself; from there on, weeks."""
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Days:
    """From the first day to the last, both included, in the staff's time zone."""

    first: date
    last: date

    @classmethod
    def asked(cls, first: str, last: str, *, today: date, usual: int = 28) -> "Days":
        """As somebody wrote them (2026-11-27); what cannot be used becomes the last `usual` days, what is too long or
        the wrong way round is put right."""
        end = min(_day(last) or today, today)
        begin = _day(first) or end - timedelta(days=usual - 1)
        if begin > end:
            begin, end = end, min(begin, today)
        return cls(max(begin, end - timedelta(days=LONGEST_DAYS - 1)), end)

    @property
    def count(self) -> int:
        return (self.last - self.first).days + 1

    def edges(self, zone: tzinfo) -> list[datetime]:
        """The midnights between which tips are counted, the first and the last one's end included."""
        step = 1 if self.count <= _DAILY else 7
        starts = [self.first + timedelta(days=number) for number in range(0, self.count, step)]
        return [datetime.combine(day, time(), zone) for day in (*starts, self.last + timedelta(days=1))]


@dataclass(frozen=True, slots=True)
class Dashboard:
    """What the whole staff did, as it was known at `as_of`. `patterns` are of the last seven of the days, each beside
    how many there were in the seven before."""

    as_of: datetime
    days: Days
    health: Health
    flow: FlowFigures
    tallies: tuple[Tally, ...]
    verdicts: Mapping[str, int]
    deciders: Mapping[str, int]
    patterns: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class OwnFigures:
    """What one member of staff did."""

    as_of: datetime
    days: Days
    held: int
    flow: Figures
    tallies: tuple[Tally, ...]
    verdicts: Mapping[str, int]


class FigureBooks:
    """The use case: whoever asks first has them read, whoever asks at the same time waits for that."""

    def __init__(self, database: Database, *, clock: Callable[[], datetime], zone: tzinfo) -> None:
        """Days begin at midnight in `zone`."""
        self._database = database
        self._clock = clock
        self._zone = zone
        self._kept: dict[Days, Dashboard] = {}
        self._reading = asyncio.Lock()

    def today(self) -> date:
        return self._clock().astimezone(self._zone).date()

    async def dashboard(self, actor: Actor, days: Days) -> Dashboard:
        """Everybody's figures."""
        require(actor, Act.SEE_DASHBOARD)
        return await self._dashboard(days)

    async def own(self, actor: Actor, days: Days) -> OwnFigures:
        """The actor's own, and nobody else's."""
        require(actor, Act.SEE_OWN_FIGURES)
        whole, edges = await self._dashboard(days), days.edges(self._zone)

        def query(t: Transaction) -> tuple[tuple[Tally, ...], Mapping[str, int]]:
            return (
                tallies(t, edges, by=actor.name),
                verdicts_between(t, since=edges[0], until=edges[-1], by=actor.name),
            )

        counted, verdicts = await self._database.read(query)
        flow = whole.flow.by_person.get(actor.name, {})
        return OwnFigures(whole.as_of, days, whole.health.held.get(actor.name, 0), flow, counted, verdicts)

    async def _dashboard(self, days: Days) -> Dashboard:
        async with self._reading:
            kept = self._kept.get(days)
            if kept is not None and self._clock() - kept.as_of < FRESH:
                return kept
            now = self._clock()
            read = await self._database.read(lambda t: self._read(t, days, now))
            self._kept = {**dict(list(self._kept.items())[-_KEPT + 1 :]), days: read}
            return read

    def _read(self, t: Transaction, days: Days, now: datetime) -> Dashboard:
        edges = days.edges(self._zone)
        since, until = edges[0], edges[-1]
        week = patterns_between(t, since=until - _WEEK, until=until)
        before = patterns_between(t, since=until - 2 * _WEEK, until=until - _WEEK)
        return Dashboard(
            as_of=now,
            days=days,
            health=queue_health(t, now=now),
            flow=flow_figures(t, since=since, until=until),
            tallies=tallies(t, edges),
            verdicts=verdicts_between(t, since=since, until=until),
            deciders=deciders_between(t, since=since, until=until),
            patterns={name: (count, before.get(name, 0)) for name, count in week.items()},
        )


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
