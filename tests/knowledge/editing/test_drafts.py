"""Drafts beside the shipped patterns: their own faults, all of them, and nobody else's."""

from pathlib import Path

import pytest

from knowledge.catalogue import Drafts, read_drafts
from tests.knowledge.pattern_files import TAXONOMIES, pattern_toml, write_two_patterns


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    folder = tmp_path / "shipped"
    folder.mkdir()
    write_two_patterns(folder)
    return folder


def _draft(folder: Path, name: str, text: str) -> Path:
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def _read(shipped: Path, *files: Path) -> Drafts:
    return read_drafts(files, shipped, taxonomies=TAXONOMIES)


def test_a_sound_draft_stands_beside_the_shipped_ones(shipped: Path, tmp_path: Path) -> None:
    draft = _draft(tmp_path, "broom-scam", pattern_toml("broom-scam", against="ladder-scam", word="broom"))

    drafts = _read(shipped, draft)

    assert [pattern.id for pattern in drafts.patterns] == ["broom-scam"]
    assert [pattern.id for pattern in drafts.others] == ["ladder-scam", "umbrella-scam"]
    assert drafts.sound == {"broom-scam"}
    assert (drafts.faults, drafts.left_out) == ((), ())


def test_a_draft_takes_the_place_of_the_shipped_one_of_its_name(shipped: Path, tmp_path: Path) -> None:
    draft = _draft(tmp_path, "ladder-scam", pattern_toml("ladder-scam", against="umbrella-scam", word="steps"))

    drafts = _read(shipped, draft)

    assert [pattern.id for pattern in drafts.others] == ["umbrella-scam"]


def test_a_neighbour_that_does_not_exist_is_a_fault(shipped: Path, tmp_path: Path) -> None:
    draft = _draft(tmp_path, "broom-scam", pattern_toml("broom-scam", against="mop-scam", word="broom"))

    drafts = _read(shipped, draft)

    assert 'questions[0].against: there is no pattern "mop-scam"' in str(drafts.faults[0])
    assert drafts.sound == frozenset()


def test_faults_of_others_are_not_the_drafts(shipped: Path, tmp_path: Path) -> None:
    ladder = shipped / "ladder-scam.toml"
    ladder.write_text(ladder.read_text(encoding="utf-8").replace("version = 1", ""), encoding="utf-8")
    draft = _draft(tmp_path, "broom-scam", pattern_toml("broom-scam", against="ladder-scam", word="broom"))

    drafts = _read(shipped, draft)

    assert (drafts.faults, drafts.left_out) == ((), ("ladder-scam.toml",))
    assert [pattern.id for pattern in drafts.others] == ["umbrella-scam"]


def test_a_draft_is_known_by_its_files_name_whatever_it_calls_itself(shipped: Path, tmp_path: Path) -> None:
    draft = _draft(tmp_path, "broom-scam", pattern_toml("mop-scam", against="ladder-scam", word="broom"))

    drafts = _read(shipped, draft)

    assert [pattern.id for pattern in drafts.patterns] == ["broom-scam"]
    assert drafts.sound == frozenset()


def test_what_is_no_toml_is_a_fault_and_the_rest_is_read(shipped: Path, tmp_path: Path) -> None:
    drafts = _read(shipped, _draft(tmp_path, "broom-scam", "id = "), shipped / "ladder-scam.toml")

    assert [fault.file for fault in drafts.faults] == ["broom-scam.toml"]
    assert drafts.sound == {"ladder-scam"}


def test_without_a_file_all_shipped_ones_are_read(shipped: Path) -> None:
    drafts = _read(shipped)

    assert drafts.sound == {"ladder-scam", "umbrella-scam"}
    assert drafts.others == ()
