"""The sheets of the dashboard, out of its figures: each a chart, a table and a file."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta, tzinfo

from markupsafe import Markup

from bot.services.figures import Dashboard, OwnFigures
from bot.staff import charts, wording
from bot.staff.charts import Bar, Column, Span
from bot.staff.figure_words import AGES, STEPS
from bot.staff.lookup import Lookup
from bot.staff.sheets import Cell, Key, Sheet, number, word
from bot.staff.wording import LANES, N_
from storage.flow_figures import Figures, Spread, Step
from storage.queue_health import Health
from storage.tallies import Tally
from storage.tips import TipState, Verdict

Say = Callable[..., str]
"""A sentence of the catalogues in the reader's language."""

_MOST_PATTERNS = 10


class SheetWriter:
    """Writes them in one language."""

    def __init__(self, say: Say, lookup: Lookup, zone: tzinfo) -> None:
        self._say = say
        self._lookup = lookup
        self._zone = zone

    def of_all(self, figures: Dashboard) -> tuple[Sheet, ...]:
        """Of the whole staff, in the order of the page."""
        return (
            self._lanes(figures.health, figures.as_of),
            self._ages(figures.health),
            self._days(figures.tallies, filed=True),
            self._verdicts(figures.verdicts),
            self._steps("steps", figures.flow.overall),
            self._patterns(figures.patterns),
            self._by_kind(figures.flow.by_kind),
            self._by_person(figures.flow.by_person, figures.deciders, figures.health.held),
        )

    def of_one(self, figures: OwnFigures) -> tuple[Sheet, ...]:
        """Of one member of staff."""
        return (
            self._days(figures.tallies, filed=False),
            self._verdicts(figures.verdicts),
            self._steps("steps", figures.flow),
        )

    def _lanes(self, health: Health, now: datetime) -> Sheet:
        say, title = self._say, self._say(N_("Open tips by lane"))
        found = [(say(LANES[name]), health.lanes[name]) for name in LANES if name in health.lanes]
        return Sheet(
            "lanes",
            title,
            tuple(
                map(
                    say,
                    (
                        N_("Lane"),
                        N_("Open"),
                        wording.STATES[TipState.NEW],
                        wording.STATES[TipState.CLAIMED],
                        wording.STATES[TipState.WAITING],
                        N_("Oldest nobody has claimed"),
                    ),
                )
            ),
            tuple(
                (
                    word(name),
                    number(lane.open),
                    *(
                        number(lane.states.get(state, 0))
                        for state in (TipState.NEW, TipState.CLAIMED, TipState.WAITING)
                    ),
                    self._took(None if lane.oldest_unclaimed is None else now - lane.oldest_unclaimed),
                )
                for name, lane in found
            ),
            self._bars("lanes", title, [Bar(name, lane.open, str(lane.open)) for name, lane in found]),
        )

    def _ages(self, health: Health) -> Sheet:
        say, title = self._say, self._say(N_("Open tips by age"))
        found = [(say(LANES[name]), health.lanes[name]) for name in LANES if name in health.lanes]
        sums = [sum(lane.ages[place] for _, lane in found) for place in range(len(AGES))]
        return Sheet(
            "ages",
            title,
            (say(N_("Lane")), *map(say, AGES)),
            tuple((word(name), *map(number, lane.ages)) for name, lane in found),
            self._bars(
                "ages", title, [Bar(say(age), count, str(count)) for age, count in zip(AGES, sums, strict=True)]
            ),
        )

    def _days(self, counted: tuple[Tally, ...], *, filed: bool) -> Sheet:
        say = self._say
        is_daily = all(one.until - one.since < timedelta(days=2) for one in counted)
        title = say(N_("Tips a day")) if is_daily else say(N_("Tips a week"))
        first = counted[0]
        told = say(
            N_("From %(first)s on: %(filed)s tips were filed, %(ended)s decided or merged."),
            first=self._lookup.day(first.since),
            filed=sum(one.filed for one in counted),
            ended=sum(one.ended for one in counted),
        )
        if not filed:
            told = say(
                N_("From %(first)s on: %(ended)s decided or merged."),
                first=self._lookup.day(first.since),
                ended=sum(one.ended for one in counted),
            )
        days = [Column(self._lookup.day(one.since), one.filed, one.ended) for one in counted]
        head: tuple[str, ...] = (
            say(N_("Day")) if is_daily else say(N_("Week from")),
            say(N_("Filed")),
            say(N_("Decided or merged")),
        )
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (
                Cell(self._lookup.day(one.since), one.since.astimezone(self._zone).date().isoformat(), is_number=False),
                number(one.filed),
                number(one.ended),
            )
            for one in counted
        )
        keys: tuple[Key, ...] = (Key("bar", head[1]), Key("line", head[2]))
        if not filed:
            head, rows, keys = (head[0], head[2]), tuple((row[0], row[2]) for row in rows), keys[1:]
        return Sheet("days", title, head, rows, charts.columns("days", title, told, days), keys, told)

    def _verdicts(self, given: Mapping[str, int]) -> Sheet:
        say, title = self._say, self._say(N_("Verdicts"))
        found = [(say(wording.VERDICTS[verdict]), given.get(verdict, 0)) for verdict in Verdict]
        found.sort(key=lambda one: -one[1])
        return Sheet(
            "verdicts",
            title,
            (say(N_("Verdict")), say(N_("Tips"))),
            tuple((word(name), number(count)) for name, count in found),
            self._bars("verdicts", title, [Bar(name, count, str(count)) for name, count in found]),
        )

    def _steps(self, name: str, steps: Figures) -> Sheet:
        title = self._say(N_("How long the steps take"))
        found = [(self._say(STEPS[step]), steps[step]) for step in Step if step in steps]
        return Sheet(
            name,
            title,
            (self._say(N_("Step")), *self._spread_head()),
            tuple((word(step), *self._spread(spread)) for step, spread in found),
            self._spans(name, title, found),
            self._span_keys(),
        )

    def _by_kind(self, kinds: Mapping[str, Figures]) -> Sheet:
        say, title = self._say, self._say(N_("From filing to decision, by kind"))
        rows, drawn = [], []
        for kind, name in wording.KINDS.items():
            for step, spread in kinds.get(kind, {}).items():
                rows.append((word(say(name)), word(say(STEPS[step])), *self._spread(spread)))
                if step is Step.DECISION:
                    drawn.append((say(name), spread))
        return Sheet(
            "kinds",
            title,
            (say(N_("Kind")), say(N_("Step")), *self._spread_head()),
            tuple(rows),
            self._spans("kinds", title, drawn),
            self._span_keys(),
        )

    def _by_person(self, people: Mapping[str, Figures], decided: Mapping[str, int], held: Mapping[str, int]) -> Sheet:
        say, title = self._say, self._say(N_("From claim to decision, by person"))
        names = sorted({*people, *decided, *held})
        rows = []
        for name in names:
            steps = people.get(name, {})
            spreads = [steps.get(step) for step in (Step.HANDLING, Step.DECISION)]
            times = [time for spread in spreads for time in self._spread(spread)[1:]]
            rows.append((word(name), number(held.get(name, 0)), number(decided.get(name, 0)), *times))
        return Sheet(
            "people",
            title,
            tuple(
                map(
                    say,
                    (
                        N_("Who"),
                        N_("Holds now"),
                        N_("Decided or merged"),
                        N_("Claimed to decided, half within"),
                        N_("Claimed to decided, nine in ten within"),
                        N_("Filed to decided, half within"),
                        N_("Filed to decided, nine in ten within"),
                    ),
                )
            ),
            tuple(rows),
            self._spans(
                "people",
                title,
                [(name, people[name][Step.HANDLING]) for name in names if Step.HANDLING in people.get(name, {})],
            ),
            self._span_keys(),
        )

    def _patterns(self, found: Mapping[str, tuple[int, int]]) -> Sheet:
        say, title = self._say, self._say(N_("Patterns of the last seven days"))
        named = sorted(
            ((self._lookup.pattern(name), *counts) for name, counts in found.items()), key=lambda one: (-one[1], one[0])
        )
        drawn = [Bar(name, now, str(now), before) for name, now, before in named[:_MOST_PATTERNS]]
        return Sheet(
            "patterns",
            title,
            (say(N_("Pattern")), say(N_("Last seven days")), say(N_("The seven before"))),
            tuple((word(name), number(now), number(before)) for name, now, before in named),
            self._bars("patterns", title, drawn),
            (Key("bar", say(N_("Last seven days"))), Key("before", say(N_("The seven before")))),
        )

    def _bars(self, name: str, title: str, rows: list[Bar]) -> Markup | None:
        return charts.bars(name, title, self._told((row.label, row.shown) for row in rows), rows) if rows else None

    def _spans(self, name: str, title: str, found: list[tuple[str, Spread]]) -> Markup | None:
        took = self._lookup.took
        rows = [
            Span(label, spread.median, spread.p90, f"{took(spread.median)} · {took(spread.p90)}")
            for label, spread in found
        ]
        told = self._told((row.label, row.shown) for row in rows)
        return charts.spans(name, title, told, rows, [took(tick) for tick in charts.TICKS]) if rows else None

    def _told(self, rows: Iterable[tuple[str, str]]) -> str:
        """What is drawn, for those who listen."""
        return "; ".join(f"{label}: {shown}" for label, shown in rows)

    def _span_keys(self) -> tuple[Key, Key]:
        return (
            Key("full", self._say(N_("Half of them took at most so long"))),
            Key("ring", self._say(N_("Nine in ten took at most so long"))),
        )

    def _spread_head(self) -> tuple[str, str, str]:
        return self._say(N_("Tips")), self._say(N_("Half within")), self._say(N_("Nine in ten within"))

    def _spread(self, spread: Spread | None) -> tuple[Cell, Cell, Cell]:
        if spread is None:
            return number(0), self._took(None), self._took(None)
        return number(spread.count), self._took(spread.median), self._took(spread.p90)

    def _took(self, span: timedelta | None) -> Cell:
        return Cell("–", "") if span is None else Cell(self._lookup.took(span), round(span.total_seconds()))
