"""The same filing unit on PostgreSQL through other drivers and at another isolation: why they are as they are.

    pip install --target /tmp/drivers psycopg2-binary pg8000
    PYTHONPATH=/tmp/drivers python benchmarks/drivers.py [--seconds 5]

Prints reports filed a second, milliseconds of this program's processor for each, and how many units were run again.
"""

import argparse
import threading
import time

from filing import filing_unit, measured
from sqlalchemy import Engine, create_engine

from storage import pool
from storage.place import Server
from storage.pool import Pool
from storage.server import address, is_aborted, is_worth_another_try, make_server_engine
from storage.server_keeper import WRITERS
from tests.postgres import INSTALL, PostgresServer, running_server

AT_ONCE = 64


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    arguments.add_argument("--seconds", type=float, default=5.0)
    seconds = arguments.parse_args().seconds
    with running_server(is_durable=True) as server:
        if server is None:
            raise SystemExit(INSTALL)
        print(f"{'':34}{'a second':>10}{'cpu ms':>8}{'again':>7}")
        for name in ("psycopg", "psycopg, read committed", "psycopg2", "pg8000"):
            rate, cpu, again = run(engine_of(name, server), seconds)
            print(f"{name:34}{rate:10,.0f}{cpu:8.2f}{again:7}", flush=True)


def engine_of(name: str, server: PostgresServer) -> Engine:
    place = server.make_database()
    if name.startswith("psycopg2"):
        return other(place, "psycopg2")
    if name.startswith("pg8000"):
        return other(place, "pg8000", unix_sock=f"{server.folder}/.s.PGSQL.5432")
    engine = make_server_engine(place, writes=True, connections=WRITERS)
    return engine.execution_options(isolation_level="READ COMMITTED") if "committed" in name else engine


def other(place: Server, driver: str, **arguments: str) -> Engine:
    url = address(place).set(drivername=f"postgresql+{driver}")
    if arguments:
        url = url.set(query={})
    return create_engine(
        url, pool_size=WRITERS, max_overflow=0, isolation_level="SERIALIZABLE", connect_args=dict(arguments)
    )


def run(engine: Engine, seconds: float) -> tuple[float, float, int]:
    unit = filing_unit()
    again = 0

    def count(fault: BaseException) -> bool:
        nonlocal again
        is_one = is_worth_another_try(fault)
        again += is_one
        return is_one

    pool.is_worth_another_try = count
    # It asks psycopg's own connection.
    pool.is_aborted = is_aborted if engine.driver == "psycopg" else lambda _: False
    writers = Pool(engine, WRITERS, name="bench")
    for first in [writers.submit(unit) for _ in range(WRITERS * 10)]:
        first.result()
    free, filed = threading.Semaphore(AT_ONCE), 0
    clock, processor = time.perf_counter(), time.process_time()
    while time.perf_counter() < clock + seconds:
        free.acquire()
        writers.submit(unit).add_done_callback(lambda _: free.release())
        filed += 1
    writers.close()
    rate, cpu = measured(filed, clock, processor)
    engine.dispose()
    return rate, cpu, again


if __name__ == "__main__":
    main()
