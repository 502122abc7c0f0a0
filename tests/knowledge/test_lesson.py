"""Learning in a process of its own: a release comes out that knows what was published, and holds no telling."""

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from knowledge.lesson import Learnt, Lesson, learn
from knowledge.release import unpack, unpack_catalogue, unpack_figures
from knowledge.shipped import PACKAGE
from tests.knowledge.pattern_files import pattern_toml, with_real_codes, write_package

CANARY = "my aunt Wilhelmina Quackenbush lost her umbrella shop in Puddlewick to them"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("package")
    write_package(directory)
    return directory


def kite() -> str:
    return with_real_codes(pattern_toml("kite-scam", against="ladder-scam", word="kite"))


def test_a_process_of_its_own_learns_and_holds_no_telling(package: Path) -> None:
    lesson = Lesson("one", {"kite-scam": kite()}, [(CANARY, "umbrella-scam")] * 2, str(package))
    done = subprocess.run(
        [sys.executable, "-P", "-m", "knowledge.lesson"],
        input=lesson.to_bytes(),
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(PACKAGE.parent)},
        capture_output=True,
        check=True,
    )
    learnt = Learnt.from_bytes(done.stdout)
    release = unpack(learnt.packed)
    assert release.name == "one"
    assert [*release.catalogue.by_id] == ["kite-scam", "ladder-scam", "umbrella-scam"]
    assert release.matcher.match("kite 0 en a, kite 1 en b").matches[0].pattern == "kite-scam"
    assert unpack_catalogue(learnt.packed).by_id == release.catalogue.by_id
    assert unpack_figures(learnt.packed) == learnt.figures == release.ground.figures
    assert learnt.shipped is not None
    assert learnt.shipped.patterns.keys() == {"ladder-scam", "umbrella-scam"}
    assert_nowhere(CANARY, learnt.packed)


def test_examples_of_a_pattern_that_is_no_more_are_left_out(package: Path) -> None:
    with_them = learn(Lesson("one", {}, [("a kite flew away with my savings", "kite-scam")], str(package)))
    without = learn(Lesson("one", {}, [], str(package)))
    assert with_them.packed == without.packed


def test_what_three_people_say_is_learned(package: Path) -> None:
    said = "zeppelin vouchers from a cousin"
    release = unpack(learn(Lesson("one", {}, [(said, "umbrella-scam")] * 4, str(package))).packed)
    assert release.matcher.match(said).matches[0].pattern == "umbrella-scam"


def test_published_patterns_that_cannot_be_read_are_named(package: Path) -> None:
    learnt = learn(Lesson("one", {"kite-scam": "id = 'kite-scam'"}, [], str(package)))
    assert learnt.packed == b""
    assert any(fault.startswith("kite-scam.toml: version:") for fault in learnt.faults)


def test_a_process_that_said_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="said nothing"):
        Learnt.from_bytes(b"")


def assert_nowhere(canary: str, packed: bytes) -> None:
    """Neither the telling nor any of its rarer words, as packed or unpacked."""
    with zipfile.ZipFile(io.BytesIO(packed)) as parts:
        contents = [packed, *(parts.read(name) for name in parts.namelist())]
    for words in (canary, "Wilhelmina", "wilhelmina", "Quackenbush", "quackenbush", "puddlewick"):
        assert not any(words.encode() in content for content in contents)
