"""What a filed report holds under the staff's seal: the telling and all that was made of it, as versioned JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

VERSION = 1


class UnreadableTipBox(Exception):  # noqa: N818 # a noun of this house, not an "Error"
    """The bytes are no tip box."""


@dataclass(frozen=True, slots=True)
class BoxedObservable:
    """An observable; `start` and `end` count characters of `TipBox.text`. `money` is minor units and a currency."""

    type: str
    value: str
    text: str
    start: int
    end: int
    checked: bool
    money: tuple[int, str] | None = None
    moment: datetime | None = None


@dataclass(frozen=True, slots=True)
class BoxedEvidence:
    """The reporter's own words that speak for a match, and the red flag's id if they are one."""

    start: int
    end: int
    text: str
    red_flag: str | None = None


@dataclass(frozen=True, slots=True)
class BoxedMatch:
    """A pattern's id and how much the telling is like it."""

    pattern: str
    score: float
    evidence: tuple[BoxedEvidence, ...] = ()


@dataclass(frozen=True, slots=True)
class TipBox:
    """A report as it was told. `language`, `kind`, `dangers` and `likeness` are the values of their enums."""

    telling: tuple[str, ...]
    """Each message as written."""
    language: str
    kind: str
    country: str | None = None
    dangers: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    """Question id -> the answer as given."""
    observables: tuple[BoxedObservable, ...] = ()
    likeness: str = "unknown"
    matches: tuple[BoxedMatch, ...] = ()
    contact: str | None = None
    pictured: tuple[str, ...] = ()
    """Those of the messages that were read off pictures."""
    notify: bool = False
    """Whether the reporter asked to be written to."""
    receipt_mark: str | None = None
    """Stands for the receipt (`storage.sealing.receipt_mark`); tips of older releases have none."""
    version: int = VERSION

    @property
    def text(self) -> str:
        """The telling in one piece: what every offset counts in."""
        return "\n".join(self.telling)

    def to_bytes(self) -> bytes:
        """The box as JSON, in the newest version."""
        return json.dumps(
            {
                "version": VERSION,
                "telling": list(self.telling),
                "language": self.language,
                "country": self.country,
                "kind": self.kind,
                "dangers": list(self.dangers),
                "answers": dict(self.answers),
                "observables": [_observable_out(seen) for seen in self.observables],
                "matching": {"likeness": self.likeness, "matches": [_match_out(match) for match in self.matches]},
                "contact": self.contact,
                "pictured": list(self.pictured),
                "notify": self.notify,
                "receipt_mark": self.receipt_mark,
            },
            ensure_ascii=False,
            separators=(",", ":"),
        ).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> "TipBox":
        """Read a box of any version: unknown fields are passed over, missing ones are empty. UnreadableTipBox else."""
        try:
            fields = json.loads(content)
            matching = fields.get("matching") or {}
            return cls(
                telling=tuple(str(line) for line in _list(fields, "telling")),
                language=str(fields.get("language") or "en"),
                country=_maybe_text(fields, "country"),
                kind=str(fields.get("kind") or "cheated"),
                dangers=tuple(str(danger) for danger in _list(fields, "dangers")),
                answers={str(key): str(text) for key, text in (fields.get("answers") or {}).items()},
                observables=tuple(_observable_in(seen) for seen in _list(fields, "observables")),
                likeness=str(matching.get("likeness") or "unknown"),
                matches=tuple(_match_in(match) for match in _list(matching, "matches")),
                contact=_maybe_text(fields, "contact"),
                pictured=tuple(str(line) for line in _list(fields, "pictured")),
                notify=bool(fields.get("notify")),
                receipt_mark=_maybe_text(fields, "receipt_mark"),
                version=int(fields.get("version") or VERSION),
            )
        except (ValueError, TypeError, KeyError, AttributeError) as fault:
            raise UnreadableTipBox("This tip's content is damaged or not a tip's content.") from fault


def _observable_out(seen: BoxedObservable) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "type": seen.type,
        "value": seen.value,
        "text": seen.text,
        "start": seen.start,
        "end": seen.end,
        "checked": seen.checked,
    }
    if seen.money is not None:
        fields["money"] = {"minor": seen.money[0], "currency": seen.money[1]}
    if seen.moment is not None:
        fields["moment"] = seen.moment.astimezone(UTC).isoformat()
    return fields


def _observable_in(fields: Mapping[str, Any]) -> BoxedObservable:
    money, moment = fields.get("money"), fields.get("moment")
    return BoxedObservable(
        type=str(fields["type"]),
        value=str(fields["value"]),
        text=str(fields.get("text") or fields["value"]),
        start=int(fields.get("start") or 0),
        end=int(fields.get("end") or 0),
        checked=bool(fields.get("checked")),
        money=(int(money["minor"]), str(money["currency"])) if money else None,
        moment=datetime.fromisoformat(moment) if moment else None,
    )


def _match_out(match: BoxedMatch) -> dict[str, Any]:
    return {
        "pattern": match.pattern,
        "score": match.score,
        "evidence": [
            {"start": words.start, "end": words.end, "text": words.text, "red_flag": words.red_flag}
            for words in match.evidence
        ],
    }


def _match_in(fields: Mapping[str, Any]) -> BoxedMatch:
    return BoxedMatch(
        pattern=str(fields["pattern"]),
        score=float(fields.get("score") or 0.0),
        evidence=tuple(
            BoxedEvidence(int(words["start"]), int(words["end"]), str(words.get("text") or ""), words.get("red_flag"))
            for words in _list(fields, "evidence")
        ),
    )


def _list(fields: Mapping[str, Any], name: str) -> Sequence[Any]:
    found = fields.get(name) or []
    if not isinstance(found, list):
        raise TypeError(name)
    return found


def _maybe_text(fields: Mapping[str, Any], name: str) -> str | None:
    found = fields.get(name)
    return None if found is None else str(found)
