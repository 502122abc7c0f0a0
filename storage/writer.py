"""The one thread that writes: it takes the units that wait, runs them as a group, and commits once."""

import queue
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session

from storage.engine import in_our_words, is_in_transaction
from storage.errors import StorageClosed
from storage.transaction import Transaction

# A larger group makes its first unit wait for its last; beyond this size the commit's cost is well shared already.
GROUP_SIZE = 64


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A unit, and the future its caller waits on."""

    unit: Callable[[Transaction], Any]
    answer: Future[Any] = field(default_factory=Future)


_Answer = Callable[["Future[Any]"], None]


class _GroupLostError(Exception):
    """The group's transaction is gone, or its commit failed: nothing of the group was kept."""

    def __init__(self, cause: BaseException | None, *, had_begun: bool = True) -> None:
        self.cause = cause
        self.had_begun = had_begun
        super().__init__("The transaction was lost before its commit.")


class Writer:
    """Runs units in the order they came. A unit may be run more than once, and is kept at most once."""

    def __init__(self, engine: Engine, *, group_size: int = GROUP_SIZE) -> None:
        self._engine = engine
        self._group_size = group_size
        self._waiting: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._door = threading.Lock()
        self._is_closed = False
        # A daemon, so that a command which dies without closing does not hang; close() drains.
        self._thread = threading.Thread(target=self._run, name="storage-writer", daemon=True)
        self._thread.start()

    def submit(self, unit: Callable[[Transaction], Any]) -> "Future[Any]":
        """The future is done after the commit that holds the unit; cancelled before its turn, the unit never runs."""
        waiting = _Waiting(unit)
        with self._door:
            if self._is_closed:
                raise StorageClosed
            self._waiting.put(waiting)
        return waiting.answer

    def close(self) -> None:
        """Take no more units, finish those that wait, and end the thread."""
        with self._door:
            if not self._is_closed:
                self._is_closed = True
                self._waiting.put(None)
        self._thread.join()

    def _run(self) -> None:
        is_open = True
        while is_open:
            group, is_open = self._next_group()
            group = [waiting for waiting in group if waiting.answer.set_running_or_notify_cancel()]
            if group:
                self._write(group)

    def _next_group(self) -> tuple[list[_Waiting], bool]:
        group: list[_Waiting] = []
        waiting = self._waiting.get()
        while waiting is not None:
            group.append(waiting)
            if len(group) == self._group_size:
                return group, True
            try:
                waiting = self._waiting.get_nowait()
            except queue.Empty:
                return group, True
        return group, False

    def _write(self, group: list[_Waiting]) -> None:
        try:
            answers = self._commit(group)
        except _GroupLostError as lost:
            if len(group) > 1 and lost.had_begun:
                # One of them did it, and nobody can say which: each alone, so that the good ones are kept.
                for waiting in group:
                    self._write([waiting])
                return
            answers = [_refusal(lost.cause or lost)] * len(group)
        except BaseException as fault:  # noqa: BLE001 - unforeseen; with the thread gone, every caller would wait for ever
            answers = [_refusal(fault)] * len(group)
        for waiting, answer in zip(group, answers, strict=True):
            answer(waiting.answer)

    def _commit(self, group: list[_Waiting]) -> list[_Answer]:
        """Run all in one transaction and commit it. Only then may anybody be answered, with a fault too:
        a refusal can rest on what an earlier unit of the same group wrote."""
        had_begun = False
        try:
            with self._engine.connect() as connection:
                with connection.begin():
                    had_begun = True
                    answers = [_run_unit(connection, waiting.unit) for waiting in group]
                    _check_is_held(connection, None)
                return answers
        except SQLAlchemyError as fault:
            raise _GroupLostError(fault, had_begun=had_begun) from fault


def _run_unit(connection: Connection, unit: Callable[[Transaction], Any]) -> _Answer:
    """Run one unit in a savepoint of its own; its fault undoes it alone and goes to its caller."""
    t = Transaction(connection, _within_savepoint)
    try:
        _say(connection, "SAVEPOINT unit")
        result = unit(t)
        t.finish()
        _say(connection, "RELEASE unit")
    except BaseException as fault:  # noqa: BLE001 - whatever it is, it belongs to the caller and must not end the thread
        _undo(connection, t, fault)
        return _refusal(fault)
    return lambda answer: answer.set_result(result)


def _refusal(fault: BaseException) -> _Answer:
    ours = in_our_words(fault)
    return lambda answer: answer.set_exception(ours)


def _undo(connection: Connection, t: Transaction, fault: BaseException) -> None:
    """Back to the savepoint; when there is none any more, the whole group is lost."""
    try:
        t.undo()
        _say(connection, "ROLLBACK TO unit")
        _say(connection, "RELEASE unit")
    except (SQLAlchemyError, sqlite3.Error):
        raise _GroupLostError(fault) from fault
    _check_is_held(connection, fault)


def _check_is_held(connection: Connection, fault: BaseException | None) -> None:
    """A COMMIT outside a transaction "succeeds" and keeps nothing, so it must not be reached."""
    if not is_in_transaction(connection):
        raise _GroupLostError(fault)


def _within_savepoint(connection: Connection) -> Session:
    """Of the ORM, whose rollback must not reach the other units of the group."""
    return Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False)


def _say(connection: Connection, words: str) -> None:
    """To the driver itself: SQLAlchemy's savepoints cost as much as the unit."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)  # noqa: S101 - the writer's engine is SQLite's
    driver.execute(words)
