"""One conversation in this process, for a terminal, over a database that is made where it is missing."""

import asyncio
import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from bot.app.faults import ExitCode, Fault
from bot.app.intake import create_intake
from bot.app.knowing import knowing
from bot.app.parts import Public, open_public
from bot.app.preparing import prepare
from bot.channels.terminal import CHANNEL, Shown, Transcript
from bot.services.exchange import Delivered, Incoming, Screen
from bot.services.intake import Intake
from bot.settings import Settings
from storage import outbox, sessions
from storage.database import Transaction


class Talk:
    """Synchronous, so that Ctrl-C while a person types interrupts a read and nothing else."""

    def __init__(
        self, intake: Intake, runner: asyncio.Runner, *, conversation: str, hint: str | None, transcript: Transcript
    ) -> None:
        self._intake = intake
        self._runner = runner
        self._conversation = conversation
        self._hint = hint
        self._transcript = transcript
        self._shown = Shown()
        self._has_once = False

    @classmethod
    @contextmanager
    def begin(
        cls,
        settings: Settings,
        *,
        conversation: str | None,
        hint: str | None,
        record: Path | None,
        notify: Callable[[str], None],
    ) -> Iterator[Self]:
        """Without a name the conversation is a new one, which nobody can come back to: its session goes at the end."""
        transcript = Transcript()
        with _recording(record, transcript):
            for notice in prepare(settings, may_make_keys=True):
                notify(notice)
            with (
                open_public(settings) as parts,
                knowing(parts.database, settings) as known,
                asyncio.Runner() as runner,
            ):
                name = conversation or uuid.uuid4().hex
                intake = create_intake(parts, settings, known)
                try:
                    yield cls(intake, runner, conversation=name, hint=hint, transcript=transcript)
                finally:
                    if conversation is None:
                        _forget(parts, name)

    def screen(self) -> Screen:
        """What stands there to begin with."""
        screen = self._runner.run(self._intake.view(CHANNEL, self._conversation, self._hint))
        self._transcript.begin(screen, self._hint)
        self._take(screen)
        return screen

    def hear(self, line: str) -> Delivered:
        """What is said to a line."""
        self._transcript.heard(line, self._shown.pressed(line))
        incoming = Incoming(CHANNEL, self._conversation, uuid.uuid4().hex, self._shown.event(line), self._hint)
        delivered = self._runner.run(self._intake.receive(incoming))
        self._transcript.told((*delivered.screen.once, *delivered.screen.replies))
        self._take(delivered.screen)
        return delivered

    def seen(self) -> None:
        """The person has seen the last screen: what is shown only once is not shown again."""
        if self._has_once:
            self._runner.run(self._intake.acknowledge(CHANNEL, self._conversation))
            self._has_once = False

    def _take(self, screen: Screen) -> None:
        self._shown = Shown.on(screen)
        self._has_once = bool(screen.once) or any(reply.once for reply in screen.replies)


@contextmanager
def _recording(path: Path | None, transcript: Transcript) -> Iterator[None]:
    """Opened before anything is said, so that a file that cannot be written is no surprise at the end."""
    if path is None:
        yield
        return
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except OSError as fault:
        raise Fault(f"Cannot record to {path}: {fault.strerror}.", ExitCode.UNUSABLE) from fault
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        try:
            yield
        finally:
            file.write(str(transcript))


def _forget(parts: Public, name: str) -> None:
    conversation = parts.citizens.conversation_pseudonym(CHANNEL, name)

    def unit(t: Transaction) -> None:
        sessions.erase(t, conversation, now=parts.clock())
        outbox.drop(t, conversation, now=parts.clock())

    parts.database.write_now(unit)
