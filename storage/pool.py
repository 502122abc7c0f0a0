"""Threads that run units on PostgreSQL side by side, a connection each; and again, where one got in another's way."""

import random
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from storage.errors import CommitUnknown, StorageClosed
from storage.server import in_server_words, is_aborted, is_lost, is_worth_another_try
from storage.transaction import Transaction

PATIENCE_SECONDS = 20.0
"""How long a unit is tried again: a server that is restarted is back by then."""
_FIRST_PAUSE = 0.002
_LONGEST_PAUSE = 0.25


class Pool:
    """Units may run more than once, and each is kept at most once. They end in no particular order."""

    def __init__(self, engine: Engine, threads: int, *, name: str, patience: float = PATIENCE_SECONDS) -> None:
        self._engine = engine
        self._patience = patience
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=name)

    def submit(self, unit: Callable[[Transaction], Any], *, is_one_statement: bool = False) -> "Future[Any]":
        """The future is done after the unit's commit; cancelled before its turn, the unit never runs. What reads with
        `is_one_statement` needs no transaction begun and ended around it."""
        once = partial(self._glance if is_one_statement else self._once, unit)
        try:
            # Counted from here: what has waited its time behind others in the same trouble is tried once.
            return self._threads.submit(self._run, once, time.monotonic() + self._patience)
        except RuntimeError as fault:  # the executor's word for "shut down"
            raise StorageClosed from fault

    def close(self) -> None:
        """Take no more units, and finish those that wait."""
        self._threads.shutdown(wait=True)

    def _run(self, once: Callable[[], Any], until: float) -> Any:
        pause = _FIRST_PAUSE
        while True:
            try:
                return once()
            except Exception as fault:
                if not is_worth_another_try(fault) or time.monotonic() > until:
                    ours = in_server_words(fault)
                    if ours is fault:
                        raise
                    raise ours from fault
            # Not all at the same moment again.
            time.sleep(random.uniform(pause / 2, pause))  # noqa: S311 - nothing is to be kept secret here
            pause = min(pause * 2, _LONGEST_PAUSE)

    def _glance(self, query: Callable[[Transaction], Any]) -> Any:
        with self._engine.connect() as connection:
            try:
                return _answer(Transaction(connection), query)
            except Exception as fault:
                if is_lost(fault):
                    # The driver was asked past SQLAlchemy, and there is no transaction whose end would tell it.
                    connection.invalidate()
                raise

    def _once(self, unit: Callable[[Transaction], Any]) -> Any:
        with self._engine.connect() as connection, connection.begin() as transaction:
            answer = _answer(Transaction(connection), unit)
            if is_aborted(connection):
                raise SQLAlchemyError("A unit went on after the database had refused one of its statements.")
            try:
                transaction.commit()
            except SQLAlchemyError as fault:
                if is_lost(fault):
                    raise CommitUnknown from fault
                raise
            return answer


def _answer(t: Transaction, unit: Callable[[Transaction], Any]) -> Any:
    try:
        answer = unit(t)
        t.finish()
    except BaseException:
        t.close()
        raise
    return answer
