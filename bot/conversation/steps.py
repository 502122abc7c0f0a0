"""The working parts of a turn: a session on its way, what is said before its screen, and what is asked of the shell."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.conversation.book import Book, Voice
from bot.conversation.events import Effect, Reply
from bot.conversation.report import Report
from bot.conversation.session import Place, Session, Stage

_REMEMBERED = 12
"""Screens one can go back over."""


@dataclass(frozen=True, slots=True)
class Step:
    """A turn being made. `ended`: the notes are all that is said, no screen follows."""

    book: Book
    session: Session
    now: datetime
    notes: tuple[Reply, ...] = ()
    effects: tuple[Effect, ...] = ()
    ended: bool = False
    forget: bool = False

    @property
    def report(self) -> Report:
        return self.session.report

    @property
    def voice(self) -> Voice:
        return self.book.voice(self.session)

    def change(self, **changes: Any) -> "Step":
        """With fields of the session changed."""
        return replace(self, session=replace(self.session, **changes))

    def change_report(self, **changes: Any) -> "Step":
        return self.change(report=replace(self.report, **changes))

    def say(self, sentence: str, **slots: object) -> "Step":
        """A sentence before the screen, in a message of its own."""
        return self.note(Reply(self.voice.say(sentence, **slots), silent=self.session.quiet))

    def note(self, reply: Reply) -> "Step":
        """A message before the screen."""
        return replace(self, notes=(*self.notes, reply))

    def also(self, text: str) -> "Step":
        """Text that is in the person's language already; empty text adds nothing."""
        return self.note(Reply(text, silent=self.session.quiet)) if text else self

    def ask(self, effect: Effect) -> "Step":
        return replace(self, effects=(*self.effects, effect))

    def end(self) -> "Step":
        return replace(self, ended=True)

    def goto(self, stage: Stage, question: str | None = None) -> "Step":
        """To another screen, remembering this one for "back"."""
        here = Place(self.session.stage, self.session.question)
        if (stage, question) == (here.stage, here.question):
            return self
        past = (*self.session.past, here)[-_REMEMBERED:]
        return self.change(stage=stage, question=question, past=past, misread=0)

    def back(self) -> "Step":
        if not self.session.past:
            return self
        *past, place = self.session.past
        return self.change(stage=place.stage, question=place.question, past=tuple(past), misread=0)
