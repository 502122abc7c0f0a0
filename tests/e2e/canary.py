"""Searches whatever a run left behind for words that must not lie there in the clear, however they are encoded."""

import json
import re
import sqlite3
import zlib
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

SHORTEST = 6
"""Bytes of a word worth looking for: shorter ones stand in any ciphertext by chance, above all in base64."""

_MOST_UNPACKED = 16 * 1024 * 1024
_DEEPEST = 3
"""Packed within packed, so many times."""
_PIECE = 4096
_PACKED = re.compile(rb"(?=\x1f\x8b\x08|[\x08\x18\x28\x38\x48\x58\x68\x78][\x00-\xff])", re.DOTALL)


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A word, where it lies, and how it is written there."""

    word: str
    place: str
    spelling: str


def search(words: Iterable[str], places: Mapping[str, bytes]) -> tuple[Found, ...]:
    """Every word in every place, in every spelling. Raises ValueError for a word too short to tell anything."""
    spelled = [(word, *each) for word in dict.fromkeys(words) for each in spellings(word)]
    found = set()
    for place, content in places.items():
        for layer in unpacked(content):
            # Base64 in a mail or a certificate is broken into lines.
            joined = layer.replace(b"\r", b"").replace(b"\n", b"")
            for word, spelling, sought in spelled:
                if sought in layer or (spelling.startswith("base64") and sought in joined):
                    found.add(Found(word, place, spelling))
    return tuple(sorted(found))


def spellings(word: str) -> Iterator[tuple[str, bytes]]:
    """The name of each encoding, and the word in it."""
    plain = word.encode()
    if len(plain) < SHORTEST:
        raise ValueError(f"{len(plain)} bytes are too few to look for")
    escaped = json.dumps(word)[1:-1]
    yield "utf-8", plain
    yield "escaped", escaped.encode()
    yield "escaped, capitals", re.sub(r"\\u[0-9a-f]{4}", lambda u: "\\u" + u[0][2:].upper(), escaped).encode()
    yield "escaped bytes", repr(plain)[2:-1].encode()
    yield "percent", quote(word, safe="").encode()
    yield "percent, small", quote(word, safe="").lower().encode()
    yield "hex", plain.hex().encode()
    yield "hex, capitals", plain.hex().upper().encode()
    yield "utf-16-le", word.encode("utf-16-le")
    yield "utf-16-be", word.encode("utf-16-be")
    for shift in range(3):
        yield f"base64 after {shift}", _base64(plain, shift, b64encode)
        yield f"base64url after {shift}", _base64(plain, shift, urlsafe_b64encode)


def unpacked(content: bytes, depth: int = 0) -> Iterator[bytes]:
    """The content as it is, and what each zlib or gzip stream that begins anywhere in it holds."""
    yield content
    if depth == _DEEPEST:
        return
    view = memoryview(content)
    for start in _PACKED.finditer(content):
        held = _unpack(view[start.start() :])
        if len(held) >= SHORTEST:
            yield from unpacked(held, depth + 1)


def files_below(folder: Path) -> dict[str, bytes]:
    """Every file there, by its path: the database, its log and index, the keys."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def values_in(database: Path) -> dict[str, bytes]:
    """Each column of each table as one piece: in the file a long value is cut up into pages."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {f"{table}.{column}": content for table in tables for column, content in _columns(connection, table)}


def _columns(connection: sqlite3.Connection, table: str) -> Iterator[tuple[str, bytes]]:
    # The names are the schema's own.
    rows = connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - no value of a person's goes into it
    names = [column[0] for column in rows.description]
    kept = rows.fetchall()
    for place, name in enumerate(names):
        yield name, b"\n".join(_as_bytes(row[place]) for row in kept)


def _as_bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


def _base64(plain: bytes, shift: int, encode: Callable[[bytes], bytes]) -> bytes:
    """What the word's own bits give, whatever stands before it (`shift` bytes, modulo three) and behind it."""
    letters = encode(bytes(shift) + plain + bytes(2))
    return letters[-(-shift * 8 // 6) : (shift + len(plain)) * 8 // 6]


def _unpack(content: memoryview) -> bytes:
    """What a stream holds, as far as it can be read: a damaged one tells what came before the damage."""
    is_gzip = content[0] == 0x1F
    if not is_gzip and (content[0] << 8 | content[1]) % 31 != 0:
        return b""  # no header of zlib's
    stream, held = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32), bytearray()
    for place in range(0, len(content), _PIECE):
        try:
            held += stream.decompress(content[place : place + _PIECE], _MOST_UNPACKED)
        except zlib.error:
            break
        if stream.eof or len(held) >= _MOST_UNPACKED:
            break
    return bytes(held)
