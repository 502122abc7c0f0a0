"""A new pattern file: it explains every key there is, and nothing of it loads before it is filled in."""

import re
from datetime import date
from pathlib import Path

import pytest

from knowledge.checked import read_table
from knowledge.editing.skeleton import skeleton
from knowledge.errors import CatalogueError, Fault
from knowledge.language import HONG_KONG, Language
from knowledge.pattern import AdviceStage, Severity, System
from knowledge.pattern_file import read_pattern
from tests.knowledge.pattern_files import TAXONOMIES

WRITTEN = skeleton("broom-scam", date(2026, 11, 27))
_COMMENTED_OUT = re.compile(r"^# (?=\[|[a-z0-9_A-Z-]+ = )", re.MULTILINE)


def _faults(text: str, tmp_path: Path) -> list[Fault]:
    path = tmp_path / "broom-scam.toml"
    path.write_text(text, encoding="utf-8")
    faults: list[Fault] = []
    table = read_table(path, faults)
    assert table is not None, faults
    read_pattern(table, stem="broom-scam", taxonomies=TAXONOMIES)
    return faults


def test_all_that_is_wrong_with_it_is_that_it_is_empty(tmp_path: Path) -> None:
    faults = _faults(WRITTEN, tmp_path)

    assert all(fault.remedy.startswith(("is empty", "has 0 entries")) for fault in faults), faults
    named = {re.sub(r"\[\d+\]", "", fault.key).split(".")[0] for fault in faults}
    assert named == {
        "severity", "name", "gist", "stages", "next", "red_flags", "tellings", "scripts", "advice", "questions",
        "sources",
    }  # fmt: skip


def test_what_is_commented_out_may_be_taken_in(tmp_path: Path) -> None:
    faults = _faults(_COMMENTED_OUT.sub("", WRITTEN), tmp_path)

    # An empty address is as good as none.
    assert all(fault.remedy.startswith(("is empty", "has 0 entries")) for fault in faults), faults
    keys = {fault.key for fault in faults}
    assert {f"codes.{system}" for system in System} <= keys
    assert {f"advice.{stage}.{language}" for stage in AdviceStage for language in Language} <= keys
    assert f"name.{HONG_KONG}" in keys


def test_it_says_what_may_be_chosen_and_bears_its_id_and_day() -> None:
    assert all(severity in WRITTEN for severity in Severity)
    assert "1 (2026-11-27): first version" in WRITTEN
    assert 'id = "broom-scam"' in WRITTEN
    assert "{" not in WRITTEN


@pytest.mark.parametrize("name", ["", "Broom", "a b", "../broom", "broom.toml", "x" * 61])
def test_what_can_be_no_id_is_refused_in_a_sentence(name: str) -> None:
    with pytest.raises(CatalogueError, match="is no identifier; write lower-case English words joined by hyphens"):
        skeleton(name, date(2026, 11, 27))
