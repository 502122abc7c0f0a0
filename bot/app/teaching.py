"""Learning in a process of its own, which is given what is to be learned and none of this process's secrets."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process

from knowledge.lesson import Learnt, Lesson
from knowledge.shipped import PACKAGE


class LearningFailed(Exception):  # noqa: N818 - a word of the house; what went wrong there could quote what was told
    """The process ended without a release."""

    def __init__(self, code: int) -> None:
        self.code = code
        super().__init__(f"Learning ended with exit code {code}; what serves goes on serving.")


class Teacher:
    """One lesson at a time."""

    def __init__(self) -> None:
        self._child: Process | None = None
        self._is_stopping = False

    async def __call__(self, lesson: Lesson) -> Learnt | None:
        """None where this process was told to stop meanwhile. Raises LearningFailed."""
        if self._is_stopping:
            return None
        # Standard error is no log of ours: an error's text may quote what was being read.
        self._child = child = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "knowledge.lesson"),
            env=_environment(),
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            start_new_session=True,
        )
        if self._was_stopped():
            child.kill()
        try:
            learnt, _ = await child.communicate(lesson.to_bytes())
        finally:
            if child.returncode is None:
                child.kill()
                await child.wait()
            self._child = None
        if self._was_stopped():
            return None
        if child.returncode:
            raise LearningFailed(child.returncode)
        return await asyncio.to_thread(Learnt.from_bytes, learnt)

    def _was_stopped(self) -> bool:
        return self._is_stopping

    def stop(self) -> None:
        """End a lesson that runs: what was learned so far is lost, and learned again after the next start."""
        self._is_stopping = True
        if self._child is not None and self._child.returncode is None:
            self._child.kill()


def _environment() -> dict[str, str]:
    """No setting, and the same code as here, from wherever this process has it."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "HOME", "TMPDIR") if name in os.environ}
    return {**kept, "PYTHONPATH": str(PACKAGE.parent)}
