"""Measures a reader of dangers on labelled tellings: recall, false alarms, and how often the kind is right."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.dangers import Danger, DangerReader, Kind, Reading


@dataclass(frozen=True)
class Telling:
    """`dangers` is the exact set that is in the text; `kind` is None where it is not judged."""

    text: str
    language: str
    dangers: frozenset[Danger]
    kind: Kind | None


@dataclass(frozen=True)
class Count:
    """How one danger was read over many tellings."""

    danger: Danger
    there: int
    heard: int
    absent: int
    alarms: int

    @property
    def recall(self) -> float:
        return self.heard / self.there if self.there else 1.0

    @property
    def alarm_rate(self) -> float:
        return self.alarms / self.absent if self.absent else 0.0


@dataclass(frozen=True)
class Measure:
    """What a reader made of some tellings."""

    counts: tuple[Count, ...]
    exact: int
    total: int
    kinds_right: int
    kinds: int

    def table(self, title: str) -> str:
        rows = [f"{title}: {self.total} tellings, {self.exact} with exactly the right dangers"]
        rows += [
            f"  {count.danger:13} recall {count.heard:3}/{count.there:<3} {count.recall:6.1%}"
            f"   false alarms {count.alarms:3}/{count.absent:<4} {count.alarm_rate:6.1%}"
            for count in self.counts
        ]
        right = self.kinds_right / self.kinds if self.kinds else 1.0
        rows.append(f"  kind right    {self.kinds_right}/{self.kinds} {right:.1%}")
        return "\n".join(rows)


def load_tellings(path: Path) -> tuple[Telling, ...]:
    """The `[[telling]]` tables of a file."""
    return tuple(
        Telling(
            entry["text"],
            entry["language"],
            frozenset(Danger(name) for name in entry["dangers"]),
            Kind(entry["kind"]) if "kind" in entry else None,
        )
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["telling"]
    )


def measure(reader: DangerReader, tellings: Iterable[Telling]) -> Measure:
    """Reads every telling and counts."""
    read = [(telling, reader.read(telling.text)) for telling in tellings]
    judged = [(telling, reading) for telling, reading in read if telling.kind is not None]
    return Measure(
        counts=tuple(_count(danger, read) for danger in Danger),
        exact=sum(telling.dangers == set(reading.dangers) for telling, reading in read),
        total=len(read),
        kinds_right=sum(telling.kind is reading.kind for telling, reading in judged),
        kinds=len(judged),
    )


def _count(danger: Danger, read: Sequence[tuple[Telling, Reading]]) -> Count:
    there = [reading for telling, reading in read if danger in telling.dangers]
    absent = [reading for telling, reading in read if danger not in telling.dangers]
    return Count(
        danger,
        there=len(there),
        heard=sum(danger in reading.dangers for reading in there),
        absent=len(absent),
        alarms=sum(danger in reading.dangers for reading in absent),
    )
