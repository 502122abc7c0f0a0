"""What somebody at the desk has begun and not finished: a verdict, a merging, a question."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any, Self


class Stage(StrEnum):
    """What is awaited: a button, or words."""

    VERDICT = "verdict"
    PATTERN = "pattern"
    PATTERN_NAME = "pattern-name"
    AUTHORITY = "authority"
    REASON = "reason"
    INTO = "into"
    MERGE_REASON = "merge-reason"
    QUESTION = "question"


IN_WORDS = frozenset(
    {Stage.PATTERN_NAME, Stage.AUTHORITY, Stage.REASON, Stage.INTO, Stage.MERGE_REASON, Stage.QUESTION}
)


@dataclass(frozen=True, slots=True)
class Draft:
    """`mark` is behind its buttons; `thread`: the topic it is in; `offered`: the patterns of its buttons, in order."""

    mark: str
    tip: str
    stage: str
    chat: int
    thread: int | None = None
    verdict: str = ""
    pattern: str = ""
    authority: str = ""
    into: str = ""
    offered: tuple[str, ...] = ()

    def dump(self) -> Mapping[str, Any]:
        return asdict(self)

    @classmethod
    def load(cls, kept: Mapping[str, Any]) -> Self:
        return cls(**{**kept, "offered": tuple(kept.get("offered", ()))})

    def at(self, stage: Stage, **changed: Any) -> Self:
        """The next step of it."""
        return replace(self, stage=stage, **changed)
