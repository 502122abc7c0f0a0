"""Has pictures and PDFs read by processes of their own, each given one at a time and ended if it takes too long."""

import asyncio
import logging
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from importlib.util import find_spec
from pathlib import Path

from bot.evidence.pictures import LENGTH, MEMORY

_log = logging.getLogger(__name__)
_NEEDS = ("rapidocr", "onnxruntime", "zxingcpp", "PIL", "pi_heif", "pypdfium2")
_SECONDS = 25.0
"""For one picture; a full screenshot takes four on a slow core."""
_PATIENCE = 40.0
"""With the waiting for a free process; then a person reads it."""
_IDLE = 600.0
_MOST_READ = 200
"""After so many a process is made anew, whatever the libraries have kept in it."""
_LONGEST_ANSWER = 1024 * 1024


def is_installed() -> bool:
    """Whether the extra `evidence` is."""
    return all(find_spec(name) is not None for name in _NEEDS)


class ReaderClosed(Exception):  # noqa: N818 - what became of the reader
    """This process ends: the picture is to be read after the next start."""


class PictureReader:
    """`readers` processes at most, begun with the first picture and ended when none has come for a while."""

    def __init__(
        self, readers: int = 1, *, seconds: float = _SECONDS, patience: float = _PATIENCE, memory: int = MEMORY
    ) -> None:
        self._free: list[_Child] = []
        self._door = asyncio.Semaphore(readers)
        self._seconds = seconds
        self._patience = patience
        self._memory = memory
        self._busy: set[_Child] = set()
        self._is_closed = False
        self._rest: asyncio.TimerHandle | None = None

    async def read(self, content: bytes, /) -> str:
        """The words and codes on it, a line each; empty where there are none, and where it could not be read. Raises
        ReaderClosed."""
        try:
            async with asyncio.timeout(self._patience), self._door:
                return await self._read(content)
        except (TimeoutError, OSError, EOFError, UnicodeDecodeError) as fault:
            if self._is_closed:
                raise ReaderClosed from None
            # Of the picture nothing is said, not even its size.
            _log.warning("a picture was not read: %s", type(fault).__name__)
            return ""

    @property
    def processes(self) -> tuple[int, ...]:
        """The ids of those that are reading."""
        return tuple(child.id for child in self._busy)

    async def close(self) -> None:
        """Ends every process, those that are reading too."""
        self._is_closed = True
        await self._let_go()
        for child in [*self._busy]:
            await child.end()

    async def _let_go(self) -> None:
        """Ends the processes that rest."""
        if self._rest is not None:
            self._rest.cancel()
        children, self._free = self._free, []
        for child in children:
            await child.end()

    async def _read(self, content: bytes) -> str:
        if self._is_closed:
            raise ReaderClosed
        child = self._free.pop() if self._free else await _Child.start(self._memory)
        self._busy.add(child)
        try:
            async with asyncio.timeout(self._seconds):
                words = await child.ask(content)
        except BaseException:
            await child.end()
            raise
        finally:
            self._busy.discard(child)
        if child.count < _MOST_READ:
            self._free.append(child)
            self._rest_later()
        else:
            await child.end()
        return words

    def _rest_later(self) -> None:
        loop = asyncio.get_running_loop()
        if self._rest is not None:
            self._rest.cancel()
        self._rest = loop.call_later(_IDLE, lambda: loop.create_task(self._let_go()))


class _Child:
    """One process. It knows no setting and no key, and of a picture only what is on it."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self.id = process.pid
        self.count = 0

    @classmethod
    async def start(cls, memory: int) -> "_Child":
        # Standard error is no log of ours: a library's words may quote what it reads.
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "bot.evidence.pictures", str(memory)),
            env=_environment(),
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            start_new_session=True,
        )
        return cls(process)

    async def ask(self, content: bytes) -> str:
        """Raises EOFError (IncompleteReadError) or OSError where it ended over it."""
        to, back = self._process.stdin, self._process.stdout
        assert to is not None  # noqa: S101 - asked for above
        assert back is not None  # noqa: S101 - the same
        to.write(LENGTH.pack(len(content)) + content)
        await to.drain()
        (length,) = LENGTH.unpack(await back.readexactly(LENGTH.size))
        if length > _LONGEST_ANSWER:
            raise EOFError
        words = (await back.readexactly(length)).decode()
        self.count += 1
        return words

    async def end(self) -> None:
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()


def _environment() -> dict[str, str]:
    """No setting, and the same code as here; one thread, for the others are for those who are being answered."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "HOME", "TMPDIR") if name in os.environ}
    package = Path(__file__).parents[2]
    return {**kept, "PYTHONPATH": str(package), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
