"""Cut a telling into pieces for the page: what speaks for the match, what is an observable, and the rest."""

import itertools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from bot.services.tipbox import BoxedEvidence, BoxedObservable

# Characters that turn, hide or join what stands around them; a page that showed them as they are could be made to lie.
_HIDDEN = re.compile(
    r"[\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0]"
)
_DEFANGED_TYPES = frozenset({"link", "domain", "email"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the telling. `flags` are the numbers of its red flags, from 1; there is evidence that is none."""

    text: str
    is_evidence: bool
    flags: tuple[int, ...]
    is_observable: bool


@dataclass(frozen=True, slots=True)
class MarkedTelling:
    """All pieces in order; `red_flags` are the ids the numbers stand for."""

    pieces: tuple[Piece, ...]
    red_flags: tuple[str, ...]


def mark_telling(text: str, evidence: Iterable[BoxedEvidence], observables: Iterable[BoxedObservable]) -> MarkedTelling:
    """The pieces of `text`. Spans outside the text are passed over: a box may come from an older release."""
    words = [span for span in evidence if _is_inside(span.start, span.end, text)]
    seen = [span for span in observables if _is_inside(span.start, span.end, text)]
    red_flags = tuple(dict.fromkeys(span.red_flag for span in sorted(words, key=_start) if span.red_flag))
    spans = [(span.start, span.end) for span in words] + [(span.start, span.end) for span in seen]
    edges = sorted({0, len(text), *itertools.chain.from_iterable(spans)})

    def piece(start: int, end: int) -> Piece:
        covering = [span for span in words if span.start <= start and end <= span.end]
        # The number stands once, where the words of its flag end.
        flags = {red_flags.index(span.red_flag) + 1 for span in covering if span.red_flag and span.end == end}
        return Piece(
            text=show_hidden(text[start:end]),
            is_evidence=bool(covering),
            flags=tuple(sorted(flags)),
            is_observable=any(span.start <= start and end <= span.end for span in seen),
        )

    return MarkedTelling(tuple(piece(start, end) for start, end in itertools.pairwise(edges)), red_flags)


def show_hidden(text: str) -> str:
    """The text with invisible and direction-turning characters named in brackets."""
    return _HIDDEN.sub(lambda found: f"⟨{unicodedata.name(found[0], 'HIDDEN').title()}⟩", text)


def defang(type_: str, value: str) -> str:
    """An address as nobody can follow it by accident: hxxps://example[.]com, name[@]example[.]com."""
    if type_ not in _DEFANGED_TYPES:
        return show_hidden(value)
    harmless = re.sub(r"(?i)^h(tt|xx)p", "hxxp", value).replace("[.]", ".").replace("[@]", "@")
    return show_hidden(harmless.replace(".", "[.]").replace("@", "[@]"))


def _is_inside(start: int, end: int, text: str) -> bool:
    return 0 <= start < end <= len(text)


def _start(span: BoxedEvidence) -> int:
    return span.start
