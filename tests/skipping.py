"""Where everything needed is installed, a skipped test is a failed one."""

import os
from collections.abc import Generator

import pytest

NO_SKIP = "FANZHA_TESTS_NO_SKIP"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where everything needed is installed, a skipped test is a failed one."""
    report = yield
    if report.skipped and os.environ.get(NO_SKIP):
        report.outcome = "failed"
        # Expected failures are skips too, and this mark would keep them from counting.
        vars(report).pop("wasxfail", None)
        report.longrepr = f"skipped, and {NO_SKIP} is set: {report.longrepr}"
    return report
