"""The canary search finds a word in each encoding it claims to know; else finding nothing would tell nothing."""

import gzip
import json
import sqlite3
import zlib
from base64 import b64encode, encodebytes, urlsafe_b64encode
from contextlib import closing
from pathlib import Path
from random import Random
from urllib.parse import quote

import pytest

from tests.e2e.canary import Found, files_below, search, values_in

WORDS = ("金丝雀的羽毛", "canary-feather-7731", "羽 feather/雀?>~")
AROUND = (b"", b"x", b"xy", b"xyz")


def names(content: bytes, *words: str) -> set[str]:
    return {found.word for found in search(words or WORDS, {"place": content})}


@pytest.mark.parametrize("word", WORDS)
def test_as_it_is(word: str) -> None:
    assert names(b"before " + word.encode() + b" after") == {word}


@pytest.mark.parametrize("word", WORDS)
def test_escaped_in_json(word: str) -> None:
    escaped = json.dumps({"text": f"before {word} after"})
    assert names(escaped.encode()) == {word}


def test_escaped_with_capitals() -> None:
    assert names(rb"\u91D1\u4E1D\u96C0\u7684\u7FBD\u6BDB") == {"金丝雀的羽毛"}


@pytest.mark.parametrize("word", WORDS)
def test_as_python_shows_bytes(word: str) -> None:
    assert names(repr(f"before {word} after".encode()).encode()) == {word}


@pytest.mark.parametrize("word", WORDS)
def test_in_an_address(word: str) -> None:
    assert names(f"GET /?text={quote(word, safe='')}&b".encode()) == {word}
    assert names(f"GET /?text={quote(word, safe='').lower()}&b".encode()) == {word}


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be", "utf-16"])
def test_as_utf16_in_either_order(word: str, order: str) -> None:
    assert names(b"x" + f"before {word} after".encode(order)) == {word}


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("before", AROUND)
@pytest.mark.parametrize("after", AROUND)
def test_as_base64_wherever_it_begins_and_ends(word: str, before: bytes, after: bytes) -> None:
    assert names(b"data:" + b64encode(before + word.encode() + after)) == {word}
    assert names(b"data:" + urlsafe_b64encode(before + word.encode() + after)) == {word}


@pytest.mark.parametrize("word", WORDS)
def test_as_base64_broken_into_lines(word: str) -> None:
    for before in range(60):
        assert names(encodebytes(b"-" * before + word.encode() + b"-" * 30)) == {word}


@pytest.mark.parametrize("word", WORDS)
def test_as_hexadecimal(word: str) -> None:
    assert names(b"00" + word.encode().hex().encode() + b"00") == {word}
    assert names(word.encode().hex().upper().encode()) == {word}


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("level", [0, 1, 6, 9])
def test_packed_by_zlib_or_gzip_anywhere_in_a_file(word: str, level: int) -> None:
    told = f"before {word} after".encode() * 3
    noise = Random(7).randbytes(5000)  # noqa: S311 - the same every time
    assert names(noise + zlib.compress(told, level) + noise) == {word}
    assert names(noise + gzip.compress(told, level) + noise) == {word}


@pytest.mark.parametrize("bits", range(9, 16))
def test_packed_with_any_window(bits: int) -> None:
    stream = zlib.compressobj(wbits=bits)
    assert names(b"xx" + stream.compress(WORDS[0].encode()) + stream.flush()) == {WORDS[0]}


def test_packed_behind_a_byte_that_looks_like_the_beginning_itself() -> None:
    assert names(b"\x78" + zlib.compress(WORDS[0].encode())) == {WORDS[0]}


def test_packed_and_cut_off_or_damaged() -> None:
    told = WORDS[1].encode() + Random(7).randbytes(20_000)  # noqa: S311 - the same every time
    packed = zlib.compress(told)
    assert names(packed[:9000]) == {WORDS[1]}
    assert names(packed[:9000] + bytes(9000)) == {WORDS[1]}


def test_packed_twice_and_encoded_within() -> None:
    told = json.dumps([b64encode(WORDS[0].encode()).decode()]).encode()
    assert names(gzip.compress(zlib.compress(told))) == {WORDS[0]}


def test_a_long_value_that_the_database_cuts_into_pages(tmp_path: Path) -> None:
    database = tmp_path / "some.sqlite3"
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE TABLE told (id INTEGER, body BLOB)")
        body = zlib.compress(Random(7).randbytes(9000) + WORDS[0].encode(), 0)  # noqa: S311 - the same every time
        connection.execute("INSERT INTO told VALUES (1, ?), (2, NULL)", (body,))
        connection.commit()
    assert [found.place for found in search(WORDS, values_in(database))] == ["told.body"]


def test_in_every_file_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "fanzha.sqlite3-wal").write_text(WORDS[0])
    (tmp_path / "keys" / ".hidden").write_bytes(WORDS[1].encode("utf-16-be"))
    assert search(WORDS, files_below(tmp_path)) == (
        Found(WORDS[1], "keys/.hidden", "utf-16-be"),
        Found(WORDS[0], "fanzha.sqlite3-wal", "utf-8"),
    )


def test_what_is_not_there_is_not_found() -> None:
    chance = Random(7)  # noqa: S311 - the same every time
    told = "what was told, and 别的话"
    assert names(chance.randbytes(300_000) + told.encode() + zlib.compress(told.encode())) == set()


def test_a_word_that_stands_in_anything_by_chance_is_refused() -> None:
    with pytest.raises(ValueError, match="too few"):
        search(["4万8"], {})
