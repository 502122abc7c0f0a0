"""PostgreSQL as this project uses it: its engines, and its errors in our words."""

from contextlib import suppress
from typing import Any

import psycopg
from psycopg import pq
from psycopg.types.string import StrDumperUnknown
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from storage.errors import StorageBusy, StorageError, StorageFull, StorageUnavailable
from storage.place import Server

CONNECT_SECONDS = 10
# A lost network must not hold a conversation's lock, nor a unit, for the two hours that TCP itself would wait.
_OPTIONS = {
    "lock_timeout": "30s",
    "statement_timeout": "60s",
    "idle_in_transaction_session_timeout": "60s",
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
}


_ERASED_FROM = ("session", "outbox", "work", "tip", "message", "link")


def address(server: Server) -> URL:
    """The server's URL in SQLAlchemy's words. Raises StorageUnavailable."""
    try:
        return make_url(server.url).set(drivername="postgresql+psycopg")
    except (SQLAlchemyError, ValueError):
        # Without the cause: its message quotes the URL, and with it the password.
        raise StorageUnavailable("its address cannot be read") from None


def make_server_engine(server: Server, *, writes: bool, connections: int = 1) -> Engine:
    """Every writing transaction is serialisable: it sees and does what it would have, had it been alone, or it is run
    again. A reading one sees one committed state, and cannot write; it is begun when SQLAlchemy begins one, so that a
    single statement can do without."""
    isolation = "serializable" if writes else r"repeatable\ read"
    engine = create_engine(
        address(server),
        pool_size=connections,
        max_overflow=0,
        hide_parameters=True,  # or every fault would quote what people wrote, wherever it is logged
        use_native_hstore=False,
        **({} if writes else {"isolation_level": "AUTOCOMMIT"}),
        connect_args=_arguments(
            default_transaction_isolation=isolation, default_transaction_read_only="off" if writes else "on"
        ),
    )
    event.listen(engine, "connect", _prepare)
    if not writes:
        event.listen(engine, "begin", _begin)
    return engine


def connect(server: Server) -> "psycopg.Connection[tuple[Any, ...]]":
    """A connection of its own, on which each statement is a transaction. Raises psycopg's errors."""
    return psycopg.connect(server.url, autocommit=True, **_arguments())


def vacuum(server: Server) -> None:
    """Give up the room of rows that were erased. What of them is in the server's log, and in copies of that, stays
    until the server lets go of it: what is kept there is sealed or encrypted. Raises StorageUnavailable."""
    try:
        # Nor for who holds a table, nor long over a large one: the next sweep is minutes away, and goes on from there.
        with connect(server) as connection, suppress(psycopg.errors.QueryCanceled):
            connection.execute("SET statement_timeout = '20s'")
            connection.execute(f"VACUUM (SKIP_LOCKED) {', '.join(_ERASED_FROM)}")
    except psycopg.Error as fault:
        raise in_server_words(fault) from fault


def is_worth_another_try(fault: BaseException) -> bool:
    """Whether the server undid the transaction because of others that ran beside it, or was lost before its commit."""
    cause = _cause(fault)
    # A key taken meanwhile is looked up the next time, and found.
    return cause is not None and (cause.sqlstate in {"40001", "40P01", "23505"} or _is_lost(cause))


def is_lost(fault: BaseException) -> bool:
    """Whether the connection went, or the server takes none now."""
    cause = _cause(fault)
    return cause is not None and _is_lost(cause)


def is_aborted(connection: Connection) -> bool:
    """Whether a statement failed and the unit went on all the same: its COMMIT would "succeed" and keep nothing."""
    driver = connection.connection.driver_connection
    return isinstance(driver, psycopg.Connection) and driver.info.transaction_status == pq.TransactionStatus.INERROR


def in_server_words(fault: BaseException) -> BaseException:
    """PostgreSQL's environment faults as StorageError; everything else as it is."""
    cause = _cause(fault)
    if cause is None:
        return fault
    return _by_state(cause) or fault


class _Str(StrDumperUnknown):
    """PostgreSQL's text cannot hold a NUL: what has one is looked for in vain, as it should be, instead of failing."""

    def dump(self, obj: str) -> bytes:
        return obj.replace("\0", "\ufffd").encode()


def _prepare(connection: "psycopg.Connection[Any]", _record: ConnectionPoolEntry) -> None:
    connection.adapters.register_dumper(str, _Str)


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _arguments(**options: str) -> dict[str, Any]:
    return {
        "connect_timeout": CONNECT_SECONDS,
        "application_name": "fanzha",
        "options": " ".join(f"-c {name}={value}" for name, value in {**_OPTIONS, **options}.items()),
    }


def _cause(fault: BaseException) -> psycopg.Error | None:
    inner = fault.orig if isinstance(fault, DBAPIError) else fault
    return inner if isinstance(inner, psycopg.Error) else None


def _is_lost(cause: psycopg.Error) -> bool:
    state = cause.sqlstate
    if state is None:
        return isinstance(cause, psycopg.OperationalError)
    # Connection faults; the server is stopping, starting or taking no more.
    return state.startswith("08") or state in {"57P01", "57P02", "57P03", "53300"}


def _by_state(cause: psycopg.Error) -> StorageError | None:
    state = cause.sqlstate or ""
    why = (cause.diag.message_primary or str(cause).split("\n", 1)[0]).rstrip(".")
    match state:
        case "53100":
            return StorageFull()
        case "40001" | "40P01" | "55P03" | "57014":
            return StorageBusy()
    if _is_lost(cause) or state[:2] in {"53", "58", "XX", "28", "3D", "F0"} or state in {"25006", "42501", "0A000"}:
        return StorageUnavailable(why)
    return None
