"""A known scam: what it is called, how it unfolds, what gives it away, and what to do about it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from knowledge.language import Language, Texts

Phrases = Mapping[Language, tuple[str, ...]]
"""Several texts in each language."""


class Severity(StrEnum):
    """How bad it gets for those it catches."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    EXTREME = "extreme"


class Spoken(StrEnum):
    """Whose words a text is in: the victim's, or the swindler's."""

    TELLING = "telling"
    SCRIPT = "script"


class System(StrEnum):
    """Whose codes a pattern points to."""

    MPS = "mps"
    TW165 = "tw165"
    SPF = "spf"
    IC3 = "ic3"
    FTC = "ftc"
    F3 = "f3"


class AdviceStage(StrEnum):
    """How far it has come for the person; the advice differs."""

    NOT_PAID = "not-paid"
    ON_THE_CALL = "on-the-call"
    OPENED_OR_INSTALLED = "opened-or-installed"
    CARD_OR_PASSWORD_GIVEN = "card-or-password-given"  # noqa: S105 - a stage of advice, not a password
    PAID = "paid"
    IDENTITY_GIVEN = "identity-given"
    SOMEONE_HELD = "someone-held"


@dataclass(frozen=True, slots=True)
class Stage:
    """One step in how the scam unfolds."""

    id: str
    text: Texts


@dataclass(frozen=True, slots=True)
class RedFlag:
    """One trait that raises suspicion: its name as shown to people, and how it is worded in the wild.

    `honest_alone`: by itself it is seen as often where all is honest, and is no ground for a warning.
    """

    id: str
    name: Texts
    phrasings: Phrases
    honest_alone: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A yes/no question that tells this pattern from the patterns `against`.

    `yes_means_neighbour`: "yes" speaks for those in `against` and "no" for this one, instead of the other way round.
    """

    id: str
    text: Texts
    against: tuple[str, ...]
    yes_means_neighbour: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Where what is said here was read. `date` is a year or a day; `url` may be empty."""

    publisher: str
    title: str
    date: str
    url: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """A known scam. `codes` hold, for each system that has a fitting class, its classes, best first.

    `next` is what usually comes next for someone who is just being approached; `tellings` are what victims say,
    `scripts` what swindlers say.
    """

    id: str
    version: int
    severity: Severity
    history: tuple[str, ...]
    codes: Mapping[System, tuple[str, ...]]
    name: Texts
    gist: Texts
    stages: tuple[Stage, ...]
    next: Texts
    red_flags: tuple[RedFlag, ...]
    tellings: Phrases
    scripts: Phrases
    advice: Mapping[AdviceStage, Texts]
    questions: tuple[Question, ...]
    sources: tuple[Source, ...]

    def red_flag(self, red_flag_id: str) -> RedFlag:
        """The red flag of that id; KeyError if there is none."""
        for red_flag in self.red_flags:
            if red_flag.id == red_flag_id:
                return red_flag
        raise KeyError(red_flag_id)

    def spoken(self) -> Iterator[tuple[Spoken, Language, int, str]]:
        """Every telling, then every script: what it is, its language, its place in that list."""
        for kind, phrases in ((Spoken.TELLING, self.tellings), (Spoken.SCRIPT, self.scripts)):
            for language, texts in phrases.items():
                yield from ((kind, language, at, text) for at, text in enumerate(texts))

    def phrases(self) -> tuple[tuple[Language, str], ...]:
        """Every telling, script and phrasing, with its language."""
        spoken = (self.tellings, self.scripts, *(red_flag.phrasings for red_flag in self.red_flags))
        return tuple((language, text) for phrases in spoken for language, texts in phrases.items() for text in texts)
