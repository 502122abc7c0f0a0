"""Fills a database as staff would find it: tips with their index, observables and copies, as they lie when linked.

What is told is put together of invented sentences. Patterns, countries and observables are as unequal as in life: few
of each are in many tips. A tip's box is one of some hundred, so that what a page opens is of the usual size; the index
is of the tip's own sentences. Shingles across the border of two sentences are left out of the sketch.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate, islice
from pathlib import Path
from random import Random

import numpy as np
import psycopg
from fill import reference

from bot.services.finding_terms import observable_terms
from bot.services.tipbox import BoxedMatch, BoxedObservable, TipBox
from knowledge.observables import Money
from knowledge.pieces import shingles_of, words_in
from knowledge.sketching import sketch
from knowledge.sums import parts_with
from storage.index import number_at
from storage.place import Place, Server
from storage.ranks import Ended, Lane, rank_at_end, rank_of
from storage.sealing import StaffSecretKey
from storage.search_key import SearchKey
from storage.sketches import bands

FIRST = datetime(2024, 1, 1, tzinfo=UTC)
OBSERVABLES = 3
"""Of each tip."""
_AT_ONCE = 5_000
_COPIES = 0.1
"""How many of the tips say what another said, but for a sentence."""
COUNTRIES = ("CN", "TW", "HK", "SG", "MY", "US", "GB", "JP", "TH", "AU")
PATTERNS = tuple(f"pattern-{number}" for number in range(120))
_STATES = ("new", "decided", "merged", "waiting", "claimed")
_WHO = (
    "a man",
    "a woman",
    "自称客服的人",
    "一个网友",
    "somebody from the bank",
    "冒充警察的人",
    "a recruiter",
    "群里的老师",
)
_DID = (
    "asked me to pay",
    "让我转账",
    "wanted a deposit",
    "要我下载软件",
    "told me to buy coins",
    "让我共享屏幕",
    "promised returns",
    "说我涉嫌洗钱",
)
COLUMNS = {
    "tip": "id, kind, dangers, urgency, likeness, pattern, language, country, versions, sealed, state, filed_at, "
    "linked_at, first_seen_at, claimed_by, claim_until, decided_by, decided_at, verdict, lane, rank, due_at, near_at",
    "link": "tip, type, hash",
    "indexedtip": "tip, number, terms, sketch, alike",
    "term": "hash, number",
    "band": "hash, number",
}  # fmt: skip


@dataclass(frozen=True)
class Sentence:
    """`hashes`: the least of each of the sketch's hashes over this sentence's pieces."""

    text: str
    terms: frozenset[int]
    hashes: "np.typing.NDArray[np.uint32]"


class Inventing:
    """Invents the same tips every time."""

    def __init__(self, key: StaffSecretKey) -> None:
        self._random = Random(20261127)  # noqa: S311 - the same database every time
        self._key, self._search = key, SearchKey.of(key)
        self._sentences = [self._sentence(number) for number in range(4_000)]
        self._boxes = [self._box() for _ in range(200)]
        self._telling: list[Sentence] = []
        self._unequal = {size: list(accumulate(1 / (place + 1) for place in range(size))) for size in (10, 120)}

    def tips(self, count: int) -> Iterator[dict[str, list[tuple[object, ...]]]]:
        """Rows by table, a tip each."""
        random, apart = self._random, timedelta(days=800) / count
        for number in range(count):
            filed = FIRST + number * apart
            tip, at = reference(number), number_at(filed)
            terms, links = self._observables(tip, count)
            pattern = random.choices(PATTERNS, cum_weights=self._unequal[120])[0]
            country = random.choices(COUNTRIES, cum_weights=self._unequal[10])[0]
            terms |= {self._search.term("pattern", pattern), self._search.term("country", country)}
            for part in parts_with(Money(int(10 ** random.uniform(3, 8)), "CNY")):
                terms |= {self._search.term("sum", "", part), self._search.term("sum", "CNY", part)}
            telling = self._tell()
            terms.update(*(sentence.terms for sentence in telling))
            sketched = np.minimum.reduce([sentence.hashes for sentence in telling]).astype("<u4").tobytes()
            state = random.choices(_STATES, weights=(5, 84, 8, 2, 1))[0]
            yield {
                "tip": [self._row(tip, pattern, country, state, filed)],
                "link": links,
                "indexedtip": [
                    (tip, at, np.array(sorted(terms), dtype=">i8").tobytes(), sketched, random.randrange(3))
                ],
                "term": [(term, at) for term in terms],
                "band": [(band, at) for band in bands(sketched)],
            }

    def _row(self, tip: str, pattern: str, country: str, state: str, filed: datetime) -> tuple[object, ...]:
        random, later = self._random, filed + timedelta(days=2)
        is_ended = state in {"decided", "merged"}
        holder = f"reviewer{random.randrange(20)}"
        urgency = random.randrange(50, 900)
        lane = Ended.DECIDED if is_ended else random.choices(tuple(Lane), weights=(1, 4, 1, 20))[0]
        rank = rank_at_end(later) if is_ended else rank_of(urgency, filed)
        return (
            tip, "cheated", "money-gone" if random.random() < 0.4 else "", urgency, "warn", pattern,
            "zh-Hans", country, "{}", random.choice(self._boxes), state, filed, filed, later if is_ended else None,
            holder if state == "claimed" else None, later if state == "claimed" else None,
            holder if is_ended else None, later if is_ended else None, "confirmed" if is_ended else None,
            lane, rank, later, None if is_ended else later - timedelta(hours=2),
        )  # fmt: skip

    def _observables(self, tip: str, count: int) -> tuple[set[int], list[tuple[object, ...]]]:
        """Three each; the commonest phone is in some hundredths of all tips, most are in one."""
        terms: set[int] = set()
        links: dict[bytes, tuple[object, ...]] = {}
        for _ in range(OBSERVABLES):
            value = f"+86138{int(count ** self._random.random() * 3):08}"
            hash_ = self._key.link_hash("phone", value)
            links[hash_] = (tip, "phone", hash_)
            terms |= {self._search.term(*term) for term in observable_terms("phone", value)}
        return terms, list(links.values())

    def _tell(self) -> list[Sentence]:
        random = self._random
        if self._telling and random.random() < _COPIES:
            return [*self._telling[:-1], random.choice(self._sentences)]
        # The same few sentences are in many tellings.
        size = len(self._sentences)
        self._telling = [self._sentences[int(size * random.random() ** 1.5)] for _ in range(random.randrange(4, 8))]
        return self._telling

    def _sentence(self, number: int) -> Sentence:
        random = self._random
        code = f"{number:04}".translate(str.maketrans("0123456789", "abcdefghkm"))
        text = f"{random.choice(_WHO)} {random.choice(_DID)} {code} {''.join(self._signs(10))}，{random.choice(_DID)}"
        pieces = {self._search.shingle(piece) for piece in shingles_of(text)}
        terms = frozenset(self._search.term("word", word) for word in words_in(text))
        return Sentence(text, terms, np.frombuffer(sketch(pieces), dtype="<u4"))

    def _signs(self, count: int) -> list[str]:
        """Chinese characters, those that come first more often."""
        return [chr(0x4E00 + int(3_000 * self._random.random() ** 2)) for _ in range(count)]

    def _box(self) -> bytes:
        told = tuple(self._random.choice(self._sentences).text for _ in range(6))
        seen = tuple(
            BoxedObservable("phone", f"+86138{self._random.randrange(3000):08}", "x", 0, 1, True) for _ in "abc"
        )
        box = TipBox(told, "zh-Hans", "cheated", observables=seen, matches=(BoxedMatch("pattern-1", 0.9),))
        return self._key.wrap(box.to_bytes())


def fill(place: Place, key: StaffSecretKey, tips: int) -> int:
    """How many bytes the database takes afterwards."""
    made = Inventing(key).tips(tips)
    return _fill_server(place, made) if isinstance(place, Server) else _fill_file(place, made)


def _fill_file(path: Path, made: Iterator[dict[str, list[tuple[object, ...]]]]) -> int:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -400000")
        while batch := list(islice(made, _AT_ONCE)):
            connection.execute("BEGIN")
            for table, columns in COLUMNS.items():
                marks = ", ".join("?" * len(columns.split(",")))
                text = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608 - our own names
                rows = (row for one in batch for row in one[table])
                connection.executemany(text, (tuple(map(_for_file, row)) for row in rows))
            connection.execute("COMMIT")
        connection.execute("ANALYZE")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path.stat().st_size


def _for_file(value: object) -> object:
    return value.strftime("%Y-%m-%d %H:%M:%S.%f") if isinstance(value, datetime) else value


def _fill_server(server: Server, made: Iterator[dict[str, list[tuple[object, ...]]]]) -> int:
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("SET maintenance_work_mem = '256MB'")
        # An index made at the end is made in one go.
        for table in ("term", "band"):
            connection.execute(f"ALTER TABLE {table} DROP CONSTRAINT {table}_pkey".encode())
        while batch := list(islice(made, _AT_ONCE)):
            for table, columns in COLUMNS.items():
                with connection.cursor().copy(f"COPY {table} ({columns}) FROM STDIN".encode()) as copy:
                    if table in {"term", "band"}:
                        copy.write("".join(f"{hash_}\t{number}\n" for one in batch for hash_, number in one[table]))
                        continue
                    for one in batch:
                        for row in one[table]:
                            copy.write_row([_naive(value) for value in row])
        for table in ("term", "band"):
            connection.execute(f"ALTER TABLE {table} ADD PRIMARY KEY (hash, number)".encode())
        connection.execute("VACUUM ANALYZE")
        found = connection.execute("SELECT pg_database_size(current_database())").fetchone()
        assert found is not None
        return int(found[0])


def _naive(value: object) -> object:
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value
