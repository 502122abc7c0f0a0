"""A release: the same answers after packing, and nothing loaded from what is no release."""

from pathlib import Path

import pytest

from knowledge.catalogue import shipped_catalogue
from knowledge.errors import ReleaseError
from knowledge.learning import Example
from knowledge.matching import Matcher
from knowledge.release import Release, pack, unpack
from knowledge.shipped import KEPT, fingerprint, shipped_release
from tests.knowledge.pattern_files import write_package

_TEXTS = ["我刚被骗了 说是京东客服 要关掉金条 不然影响征信", "your parcel is held, pay the fee", "晚上吃什么", ""]


def test_a_packed_release_answers_as_before() -> None:
    before = shipped_release()

    after = unpack(pack(before))

    assert after.name == before.name
    assert after.catalogue.by_id == before.catalogue.by_id == shipped_catalogue().by_id
    for text in _TEXTS:
        assert after.matcher.match(text) == before.matcher.match(text)


def test_examples_can_be_learned_on_a_packed_release() -> None:
    examples = [Example("my cat climbed the oak", "cats"), Example("the roof leaks in the rain", "roofs")]

    def learned(release: Release) -> Matcher:
        return Matcher.telling_apart(examples, release.ground, release.catalogue.by_id)

    text = "a cat in the oak"
    assert learned(unpack(pack(shipped_release()))).match(text) == learned(shipped_release()).match(text)


@pytest.mark.parametrize("damaged", [b"", b"PK\x03\x04", b"no release at all", b"\x93NUMPY\x01\x00"])
def test_what_is_no_release_is_refused_in_a_sentence(damaged: bytes) -> None:
    with pytest.raises(ReleaseError, match=r"cannot be read .*; the one before it stays\."):
        unpack(damaged)


def test_half_a_release_is_refused() -> None:
    packed = pack(shipped_release())

    with pytest.raises(ReleaseError):
        unpack(packed[: len(packed) // 2])


@pytest.fixture
def package(tmp_path: Path) -> Path:
    write_package(tmp_path)
    return tmp_path


def test_what_was_learned_is_kept_until_a_word_changes(package: Path) -> None:
    first = shipped_release(package)
    (kept,) = (package / KEPT).iterdir()
    assert kept.stem == first.name == fingerprint(package)

    path = package / "patterns" / "umbrella-scam.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("umbrella en one", "umbrella en first"), encoding="utf-8")
    second = shipped_release(package)

    assert second.name != first.name
    assert [path.stem for path in (package / KEPT).iterdir()] == [second.name]


def test_what_is_kept_damaged_is_learned_anew(package: Path) -> None:
    first = shipped_release(package)
    (kept,) = (package / KEPT).iterdir()
    kept.write_bytes(kept.read_bytes()[:1000])

    assert shipped_release(package).catalogue.by_id == first.catalogue.by_id
    assert unpack(kept.read_bytes()).name == first.name
