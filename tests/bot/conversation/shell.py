"""A shell in memory round the real conversation, so that a whole talk runs without a database."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from bot.conversation.book import Book
from bot.conversation.events import (
    Add,
    Button,
    Clear,
    Done,
    Drop,
    Effect,
    Event,
    Fetch,
    File,
    Filed,
    Keep,
    LookedUp,
    LookUp,
    Match,
    Matched,
    OpenedTip,
    Pressed,
    Reply,
    Said,
    TipMessage,
    Wait,
    Withdraw,
)
from bot.conversation.flow import Flow
from bot.conversation.joining import join
from bot.conversation.session import Session, Stage
from knowledge.language import Language
from knowledge.matching import Matcher

NOON = datetime(2026, 11, 23, 6, 25, tzinfo=UTC)
RECEIPT = "K7Q2-M9RD-4TXA-7WNE"


class NoSuchButton(Exception):  # noqa: N818 - what went wrong is the name
    pass


@dataclass
class Talk:
    """One person talking. `replies` are those of the last event."""

    book: Book
    matcher: Matcher
    session: Session = field(default_factory=Session)
    now: datetime = NOON
    hint: str | None = None
    replies: tuple[Reply, ...] = ()
    effects: list[Effect] = field(default_factory=list)
    filed: list[File] = field(default_factory=list)
    tips: dict[str, OpenedTip] = field(default_factory=dict)
    due: list[datetime] = field(default_factory=list)
    """When the conversation asked to be come back to."""
    taps: int = 0
    news: int = 0
    """How often a report was begun anew."""

    def say(self, text: str) -> "Talk":
        return self.send(Said(text))

    def press(self, label: str) -> "Talk":
        """Press the button of that label or id on the screen."""
        self.taps += 1
        for button in self.buttons():
            if label in {button.label, button.id}:
                return self.send(Pressed(button.id, self.session.turn))
        raise NoSuchButton(f"{label!r} is not among {[b.label for b in self.buttons()]}")

    def buttons(self) -> tuple[Button, ...]:
        flow = Flow(self.book)
        shown = self.replies or flow.screen(self.session, self.now)
        return (*(button for reply in shown for button in reply.buttons), *flow.standing(self.session))

    def send(self, event: Event) -> "Talk":
        flow = Flow(self.book)
        filed_before = self.session.tip
        replies: list[Reply] = []
        events: list[Event] = [event]
        while events:
            turn = flow.step(self.session, events.pop(0), self.now, self.hint)
            self.session = turn.session
            replies += turn.replies
            self.effects += turn.effects
            events += [answer for effect in turn.effects if (answer := self._perform(effect)) is not None]
        self.replies = join(replies)
        self.news += filed_before is not None and self.session.tip is None
        return self

    @property
    def text(self) -> str:
        return "\n\n".join(reply.text for reply in self.replies)

    def where(self) -> Stage:
        """The stage, read anew each time."""
        return self.session.stage

    def ask_from_staff(self, text: str) -> None:
        """Staff write a question under the receipt."""
        question = TipMessage(text, question=True, at=self.now)
        tip = self.tips[RECEIPT]
        self.tips[RECEIPT] = replace(tip, state="waiting", messages=(*tip.messages, question), asks=True)

    def _perform(self, effect: Effect) -> Event | None:
        match effect:
            case Match(text):
                return Matched(self.matcher.match(text))
            case File():
                self.filed.append(effect)
                tip = f"TIP-{len(self.filed)}"
                self.tips[RECEIPT] = OpenedTip(tip, self.now, "new")
                return Filed(RECEIPT, tip)
            case LookUp(text):
                # As the way in reads it: letters and digits alone.
                code = "".join(letter for letter in text.upper() if letter.isalnum())
                return LookedUp(self.tips.get("-".join(code[at : at + 4] for at in range(0, len(code), 4))))
            case Add():
                return Done()
            case Withdraw():
                self.tips[RECEIPT] = replace(self.tips[RECEIPT], state="withdrawn", messages=())
                return Done()
            case Clear():
                self.session = Session(language=self.session.language)
                return None
            case Wait(until):
                self.due.append(until)
                return None
            case Fetch() | Keep() | Drop():
                return None


def talk(book: Book, matcher: Matcher, language: Language, country: str | None = None) -> Talk:
    return Talk(book, matcher, Session(language=language, country=country))
