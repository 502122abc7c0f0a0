"""One event's way through the conversation: a session and an event in, a turn out."""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from bot.conversation import phrases
from bot.conversation.advance import advance, matched
from bot.conversation.book import Book
from bot.conversation.events import (
    MAX_TEXT,
    Attached,
    Brought,
    Button,
    Done,
    Drop,
    Event,
    Filed,
    Limited,
    LookedUp,
    Matched,
    Opened,
    Part,
    Paused,
    Pressed,
    Reply,
    Said,
    TooLong,
)
from bot.conversation.exhibits import awaits_answer, brought, heed, settle
from bot.conversation.filing import added, filed, looked_up
from bot.conversation.gathering import attached, gather, paused, read_now, with_gathered
from bot.conversation.placing import placed
from bot.conversation.pressing import press
from bot.conversation.report import Report
from bot.conversation.screens import screen, standing
from bot.conversation.session import Place, Session, Stage, Turn
from bot.conversation.steps import Step
from bot.conversation.telling import said
from knowledge.dangers import Danger

_ANY_TIME = frozenset({"exit", "help", "language", "money", "danger", "watched"})
"""Standing buttons are good on whatever screen they are pressed."""
_NOTHING_HALF_TOLD = frozenset({Stage.OPEN, Stage.CLOSED, Stage.FILED, Stage.RECEIPT, Stage.WRITING, Stage.WITHDRAWING})


@dataclass(frozen=True, slots=True)
class Flow:
    """The conversation over one book."""

    book: Book

    def step(self, session: Session, event: Event, now: datetime, hint: str | None = None) -> Turn:
        """The next session, what is said, and what the shell is to do.

        `hint`: the language or country tag the channel knows the person by (BCP 47), if any.
        """
        step = settle(self._enter(Step(self.book, session, now), event, hint), session)
        if session.exhibits.kept and not step.session.exhibits.kept:
            # With the report that they were kept with; of a filed one there are none left to erase.
            step = step.ask(Drop())
        return self._turn(step)

    def screen(self, session: Session, now: datetime) -> tuple[Reply, ...]:
        """What is on the screen, without any event."""
        return screen(self.book, session, now)

    def standing(self, session: Session) -> tuple[Button, ...]:
        return standing(self.book, session)

    def _enter(self, step: Step, event: Event, hint: str | None) -> Step:
        if isinstance(event, Said | Pressed | Attached | TooLong):
            step = step.change(turn=step.session.turn + 1)
        match event:
            case Opened(returned):
                return _opened(step) if returned else step
            case Said(text):
                if len(text) > MAX_TEXT:
                    return step.say(phrases.TOO_LONG, length=len(text), limit=MAX_TEXT)
                return said(step, text, hint)
            case Pressed(button, turn):
                if turn is not None and turn != step.session.turn - 1 and button not in _ANY_TIME:
                    return _stale(step, button)
                return _pressed(step, button, hint)
            case Attached():
                return attached(step, event, hint)
            case Part():
                return gather(step, event, hint)
            case Paused():
                return paused(step, hint)
            case Brought():
                return brought(step, event, hint)
            case TooLong(length):
                return step.say(phrases.TOO_LONG, length=length, limit=MAX_TEXT)
            case Matched(matching):
                step = heed(step, matching)
                return step if step.session.exhibits.weighing else matched(step, matching)
            case Filed():
                return filed(step, event)
            case LookedUp(tip):
                return looked_up(step, tip)
            case Limited(minutes):
                return step.say(phrases.RECEIPT_LIMITED, minutes=minutes)
            case Done(ok):
                return added(step, ok=ok)
        assert_never(event)

    def _turn(self, step: Step) -> Turn:
        replies = step.notes
        if not any(map(awaits_answer, step.effects)) and not step.ended:
            if not replies and step.session.stage is Stage.CLOSED:
                # What was closed shows nothing: whatever comes after it begins anew, or it would go unanswered.
                step = step.change(stage=Stage.OPEN)
            replies = (*replies, *screen(self.book, step.session, step.now))
        return Turn(step.session, replies, step.effects, step.forget)


def _pressed(step: Step, button: str, hint: str | None) -> Step:
    held = step.session.gathering
    if held is not None and held.hurried and button != "exit":
        # What cannot wait goes before whatever was pressed meanwhile, on a screen that did not know of it.
        return read_now(step, hint)
    if button == "submit":
        step = with_gathered(step)
        if Danger.LIFE in step.session.waiting:
            return advance(step)
    return press(placed(step, hint), button)


def _stale(step: Step, button: str) -> Step:
    if button == "submit" and step.session.stage is Stage.FILED:
        return step.say(phrases.ALREADY_FILED)
    return step.say(phrases.STALE)


def _opened(step: Step) -> Step:
    """Someone came back. What was half told is offered again, without a word of it on the screen."""
    session = step.session
    if session.stage in _NOTHING_HALF_TOLD:
        if session.stage is Stage.RECEIPT or session.stage in {Stage.WRITING, Stage.WITHDRAWING}:
            return step.change(stage=Stage.FILED if session.tip else Stage.OPEN, opened=None, past=())
        if session.stage is Stage.FILED:
            # The script was for the first hour; nothing of what was told stays behind it.
            return step.change(report=Report(kind=session.report.kind))
        return step.change(stage=Stage.OPEN) if session.stage is Stage.CLOSED else step
    if session.stage is Stage.RETURNED or not (session.report.lines or session.report.dangers or session.exhibits.kept):
        return step
    return step.change(stage=Stage.RETURNED, resume=Place(session.stage, session.question))
