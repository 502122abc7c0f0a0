"""What comes while a call is on its way goes with the next one."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")


class Together(Generic[Item, Answer]):
    """One item is not made to wait for others; many share a call. Items of one call may not depend on each other."""

    def __init__(self, call: Callable[[Sequence[Item]], Awaitable[Sequence[Answer]]]) -> None:
        """`call` answers each item, in their order; its fault is every item's."""
        self._call = call
        self._waiting: list[tuple[Item, asyncio.Future[Answer]]] = []
        self._running: asyncio.Task[None] | None = None

    async def __call__(self, item: Item) -> Answer:
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, answer))
        if self._running is None:
            self._running = asyncio.create_task(self._run())
        # Its own caller may go away, and the call still be made: others are in it.
        return await answer

    async def _run(self) -> None:
        try:
            await self._call_until_none_waits()
        finally:
            self._running = None

    async def _call_until_none_waits(self) -> None:
        while self._waiting:
            taken, self._waiting = self._waiting, []
            try:
                answers = await self._call([item for item, _ in taken])
            except asyncio.CancelledError:
                for _, waiting in (*taken, *self._waiting):
                    waiting.cancel()
                self._waiting = []
                raise
            except Exception as fault:  # noqa: BLE001 - it is for those who wait
                for _, waiting in taken:
                    if not waiting.done():
                        waiting.set_exception(fault)
            else:
                for (_, waiting), answer in zip(taken, answers, strict=True):
                    if not waiting.done():
                        waiting.set_result(answer)
