"""The lock files: whole, with digests, and naming no registry that another machine could not reach."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.txt", "requirements-evidence.txt", "requirements-dev.txt")


def pins(lock: str) -> dict[str, str]:
    """The text that belongs to each pinned distribution."""
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return {line.split("==")[0].split("[")[0].strip(): line for line in lines}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_is_a_pin_with_digests_and_nothing_else(lock: str) -> None:
    for name, line in pins(lock).items():
        assert re.fullmatch(r"[a-z0-9.-]+(\[[a-z,]+\])?==\S+( ; [^-]+)?( +--hash=sha256:[0-9a-f]{64})+ *", line), name


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_file_names_a_registry(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert re.search(r"https?:|file:|--(extra-)?index-url|--find-links|@ ", text) is None


def test_what_is_declared_is_locked_the_build_backend_too() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extras = project["project"]["optional-dependencies"]
    shipped = [*project["project"]["dependencies"], *extras["build"], *project["build-system"]["requires"]]
    reading = [*shipped, *extras["evidence"]]
    for lock, declared in zip(LOCKS, (shipped, reading, [*reading, *extras["dev"]]), strict=True):
        locked = pins(lock).keys()
        assert [one for one in declared if canonicalize_name(Requirement(one).name) not in locked] == []


def test_the_lock_files_agree() -> None:
    # The version alone: tests may need on every system what the service needs only on some.
    shipped, reading, developed = ({name: line.split()[0] for name, line in pins(lock).items()} for lock in LOCKS)
    assert {name for name in shipped if reading.get(name) != shipped[name]} == set()
    assert {name for name in reading if developed.get(name) != reading[name]} == set()
