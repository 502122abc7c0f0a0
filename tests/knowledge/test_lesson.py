"""Learning in a process of its own: a release comes out that knows what was published, and holds no telling."""

import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from knowledge.gate import Figure, falls
from knowledge.lesson import Learnt, Lesson, learn
from knowledge.release import unpack, unpack_catalogue, unpack_figures
from knowledge.shipped import PACKAGE
from tests.knowledge.pattern_files import pattern_toml, with_real_codes, write_package

CANARY = "my aunt Wilhelmina Quackenbush lost her umbrella shop in Puddlewick to them"

_NUMBERS = ("one", "two", "three", "four", "five")


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("package")
    write_package(directory)
    return directory


def kite() -> str:
    return with_real_codes(pattern_toml("kite-scam", against="ladder-scam", word="kite"))


@pytest.mark.timeout(400)  # whoever else wants the processor goes first, such as three more workers with tests
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


def test_the_gate_lets_through_what_was_told_of_the_pattern_and_holds_back_what_was_not(package: Path) -> None:
    said = "I met them on day {}, and umbrella en one, umbrella en three was all they said"
    umbrella = [said.format(day) for day in range(60)]
    told = learn(Lesson("one", {}, [(text, "umbrella-scam") for text in umbrella], str(package)))
    assert told.figures is not None
    assert told.shipped is not None
    assert falls(told.figures, told.shipped) == ()
    ladder = [f"ladder {language} {number}" for language in ("en", "zh-Hans", "zh-Hant") for number in _NUMBERS] * 20
    untrue = learn(Lesson("one", {}, [(text, "umbrella-scam") for text in ladder], str(package)))
    assert untrue.figures is not None
    assert {fall.figure for fall in falls(untrue.figures, told.shipped)} >= {Figure.FIRST}


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
