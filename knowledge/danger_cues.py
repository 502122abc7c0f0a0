"""Cues: what people say when a danger is there, one phrase that is enough or several weak ones close together."""

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import Enum, auto

from knowledge.danger_names import Danger
from knowledge.danger_phrases import Phrase


class Sight(Enum):
    """What one cue, or all cues of a danger, saw in a text."""

    ABSENT = auto()
    HINTED = auto()  # weak words are there, too few of them
    DENIED = auto()  # the words are there, and a negation, a question or another's mouth takes them back
    SEEN = auto()


@dataclass(frozen=True, slots=True)
class Unless:
    """What takes a cue's words back: before or after them in the clause, in their sentence, or anywhere."""

    before: tuple[Phrase, ...] = ()
    after: tuple[Phrase, ...] = ()
    sentence: tuple[Phrase, ...] = ()
    message: tuple[Phrase, ...] = ()

    def __add__(self, other: "Unless") -> "Unless":
        return Unless(
            self.before + other.before,
            self.after + other.after,
            self.sentence + other.sentence,
            self.message + other.message,
        )

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """All of them."""
        return self.before + self.after + self.sentence + self.message

    def holds(self, text: str, start: int, end: int, among: AbstractSet[Phrase]) -> bool:
        """Whether the words from `start` to `end` are taken back; only phrases `among` these may stand in `text`."""
        return (
            stands(self.before, text[_before(text, start) : start], among)
            or stands(self.after, text[end : _after(text, end)], among)
            or stands(self.sentence, text[_opening(text, start) : _closing(text, end)], among)
            or stands(self.message, text, among)
        )


@dataclass(frozen=True, slots=True, eq=False)
class Cue:
    """One cue: each group is a list of phrases; `at_least` groups must stand within `within` characters.

    Where one of `yields_to` is there too, it explains the words, and the cue does not count.
    """

    id: str
    groups: tuple[tuple[Phrase, ...], ...]
    at_least: int
    within: int
    unless: Unless
    yields_to: frozenset[Danger] = frozenset()

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """All of them, and all that take them back."""
        return tuple(phrase for group in self.groups for phrase in group) + self.unless.phrases

    def look(self, text: str, among: AbstractSet[Phrase]) -> Sight:
        """What it sees in folded `text`, where only phrases `among` these may stand."""
        standing: list[tuple[int, int, int]] = []
        denied = False
        for group, phrases in enumerate(self.groups):
            for start, end in _found(phrases, text, among):
                if self.unless.holds(text, start, end, among):
                    denied = True
                elif self.at_least == 1:
                    return Sight.SEEN
                else:
                    standing.append((start, end, group))
        if self.at_least > 1 and _together(sorted(standing), self.at_least, self.within):
            return Sight.SEEN
        if standing:
            return Sight.HINTED
        return Sight.DENIED if denied else Sight.ABSENT


def look_for(cues: Iterable[Cue], text: str, among: AbstractSet[Phrase]) -> Sight:
    """What all of them together see in folded `text`, where only phrases `among` these may stand."""
    strongest = Sight.ABSENT
    for cue in cues:
        strongest = max(strongest, cue.look(text, among), key=lambda sight: sight.value)
        if strongest is Sight.SEEN:
            break
    return strongest


def _found(phrases: tuple[Phrase, ...], text: str, among: AbstractSet[Phrase]) -> Iterator[tuple[int, int]]:
    for phrase in phrases:
        if phrase in among:
            yield from phrase.find(text)


def _together(standing: list[tuple[int, int, int]], at_least: int, within: int) -> bool:
    for at, (start, _, _) in enumerate(standing):
        groups: set[int] = set()
        reached = start
        for next_start, next_end, group in standing[at:]:
            if next_end - start > within:
                break
            # Words that count for one group do not count for a second.
            if group in groups or next_start < reached:
                continue
            groups.add(group)
            reached = next_end
        if len(groups) >= at_least:
            return True
    return False


def stands(phrases: tuple[Phrase, ...], text: str, among: AbstractSet[Phrase]) -> bool:
    """Whether one of them is in folded `text`, where only phrases `among` these may stand."""
    return bool(text) and any(True for phrase in phrases if phrase in among for _ in phrase.find(text))


def _before(text: str, start: int) -> int:
    reach = max(0, start - _REACH)
    return max((match.end() for match in _CLAUSE.finditer(text, reach, start)), default=reach)


def _after(text: str, end: int) -> int:
    match = _CLAUSE.search(text, end, end + _REACH)
    return match.start() if match else min(len(text), end + _REACH)


def _opening(text: str, start: int) -> int:
    reach = max(0, start - _SENTENCE_REACH)
    return max((match.end() for match in _SENTENCE.finditer(text, reach, start)), default=reach)


def _closing(text: str, end: int) -> int:
    match = _SENTENCE.search(text, end, end + _SENTENCE_REACH)
    return match.start() if match else min(len(text), end + _SENTENCE_REACH)


_CLAUSE = re.compile(r"[.。!！?？;；,，\n](?!\d)")
_SENTENCE = re.compile(r"[.。!！?？;；\n](?!\d)")
_REACH = 24
_SENTENCE_REACH = 160
