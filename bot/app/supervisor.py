"""One child process a role: started, its output passed on, started again when it crashes, stopped with the rest."""

import asyncio
import signal
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator, Callable, Mapping, Sequence

from bot.app.faults import ExitCode
from bot.app.roles import Role

READY = "@ready"
"""The line a child writes when it answers."""

STOP_SECONDS = 10
LONGEST_PAUSE = 30.0
STEADY_SECONDS = 60.0
"""Who has run this long has recovered: the next crash counts as a first one."""

NOTICE = "@notice "
"""What a line for the person who started the service begins with."""

_LONGEST_LINE = 64 * 1024


def pause_after(crashes: int) -> float:
    """Seconds to wait after so many crashes in a row: half a second, doubled each time, up to LONGEST_PAUSE."""
    return min(0.5 * 2.0 ** min(crashes - 1, 10), LONGEST_PAUSE)


class Supervisor:
    """`command` starts a role when the role's name is put behind it, in the role's `environment`; `say` takes a line
    for the person watching."""

    def __init__(
        self,
        roles: Sequence[Role],
        *,
        command: Sequence[str],
        environment: Callable[[Role], Mapping[str, str]],
        say: Callable[[str], None],
        when_ready: Callable[[Sequence[str]], None],
        pause_after: Callable[[int], float] = pause_after,
    ) -> None:
        self._roles = tuple(roles)
        self._command = tuple(command)
        self._environment = environment
        self._say = say
        self._when_ready = when_ready
        self._pause_after = pause_after
        self._waited_for = set(roles)
        self._notices: list[str] = []
        self._stop = asyncio.Event()
        self._hurry = asyncio.Event()
        self._outcome = 0

    async def run(self) -> int:
        """Until a signal comes or a child needs a person; the exit code."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self.stop)
        async with asyncio.TaskGroup() as group:
            for role in self._roles:
                group.create_task(self._keep(role), name=role)
        return self._outcome

    def stop(self) -> None:
        """Ask all to end; asked again, end them at once."""
        if self._stop.is_set():
            self._hurry.set()
        self._stop.set()

    async def _keep(self, role: Role) -> None:
        loop = asyncio.get_running_loop()
        crashes = 0
        while not self._stop.is_set():
            began = loop.time()
            code = await self._run_child(role)
            if self._stop.is_set():
                return
            if code in (ExitCode.UNUSABLE, ExitCode.ROLE_FAULT):
                # It has said in a sentence what a person must do; starting it again would only say so again.
                self._outcome = self._outcome or ExitCode.FAULT
                self._stop.set()
                return
            crashes = 1 if loop.time() - began > STEADY_SECONDS else crashes + 1
            pause = self._pause_after(crashes)
            self._say(f"{role} ended unexpectedly ({_ending(code)}); it is started again in {pause:g} s.")
            await self._rest(pause)

    async def _run_child(self, role: Role) -> int:
        """Start it, pass its output on until it ends, and return its exit code."""
        # In a session of its own: a Ctrl-C in the terminal reaches the supervisor alone, which stops them in order.
        child = await asyncio.create_subprocess_exec(
            *self._command,
            role,
            env=self._environment(role),
            stdin=PIPE,
            stdout=PIPE,
            stderr=STDOUT,
            start_new_session=True,
        )
        async with asyncio.TaskGroup() as group:
            ending = group.create_task(self._end_on_stop(child))
            async for line in _lines(child):
                self._hear(role, line)
            code = await child.wait()
            ending.cancel()
        return code

    def _hear(self, role: Role, line: str) -> None:
        if line.startswith(NOTICE) and self._waited_for:
            self._notices.append(line.removeprefix(NOTICE))
            return
        if line != READY:
            self._say(f"{role:<13} | {line.removeprefix(NOTICE)}")
            return
        was_waited_for = bool(self._waited_for)
        self._waited_for.discard(role)
        if was_waited_for and not self._waited_for and not self._stop.is_set():
            self._when_ready(self._notices)

    async def _end_on_stop(self, child: Process) -> None:
        await self._stop.wait()
        if child.returncode is None:
            child.terminate()
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await self._hurry.wait()
        except TimeoutError:
            pass
        if child.returncode is None:
            child.kill()

    async def _rest(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._stop.wait()
        except TimeoutError:
            return


async def _lines(child: Process) -> AsyncIterator[str]:
    """What the child writes, line by line; a line without end is cut rather than kept in memory."""
    assert child.stdout is not None  # noqa: S101 - it was asked for
    rest = b""
    while chunk := await child.stdout.read(8192):
        *lines, rest = (rest + chunk).split(b"\n")
        if len(rest) > _LONGEST_LINE:
            lines.append(rest)
            rest = b""
        for line in lines:
            yield line.decode(errors="replace")
    if rest:
        yield rest.decode(errors="replace")


def _ending(code: int) -> str:
    return f"exit code {code}" if code >= 0 else signal.strsignal(-code) or f"signal {-code}"
