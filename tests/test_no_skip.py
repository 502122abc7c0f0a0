"""Where everything is installed, a test that was skipped is a test that failed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import conftest, skipping
from tests.skipping import NO_SKIP

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    ("reason", "variable", "code", "outcome"),
    [
        ("pytest.skip('no browser')", "", 0, "1 skipped"),
        ("pytest.skip('no browser')", "1", 1, "1 failed"),
        ("pytest.xfail('some day')", "1", 1, "1 failed"),
        ("pass", "1", 0, "1 passed"),
    ],
)
def test_nothing_is_skipped_unseen(tmp_path: Path, reason: str, variable: str, code: int, outcome: str) -> None:
    (tmp_path / "test_it.py").write_text(f"import pytest\n\ndef test_it():\n    {reason}\n", encoding="utf-8")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "tests.skipping",
            "-p",
            "no:cacheprovider",
            "--rootdir",
            tmp_path,
            tmp_path,
        ],
        cwd=ROOT,
        # Without the plugins of this machine, which take seconds to load.
        env={**os.environ, NO_SKIP: variable, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome in done.stdout
    assert done.returncode == code


def test_every_test_of_this_project_is_held_to_it() -> None:
    assert conftest.pytest_runtest_makereport is skipping.pytest_runtest_makereport
