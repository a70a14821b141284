"""In CI nothing skipped passes; tests without their seed documents are left out and counted."""

from __future__ import annotations

import os

import pytest

LEFT_OUT = pytest.StashKey[int]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    return _failed_if_skipped((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    return _failed_if_skipped((yield))


def _failed_if_skipped(report):
    if report.skipped and os.environ.get("CI"):
        report.outcome = "failed"
        vars(report).pop("wasxfail", None)  # or pytest would count it as passed
        report.longrepr = f"{report.nodeid} was skipped; in CI that is a failure: {report.longrepr}"
    return report


def pytest_collection_modifyitems(config, items):
    without = [item for item in items if item.get_closest_marker("seeds")]
    if os.environ.get("SEED_DOCUMENTS") or not without:
        return
    items[:] = [item for item in items if item not in without]
    config.hook.pytest_deselected(items=without)
    config.stash[LEFT_OUT] = len(without)


def pytest_terminal_summary(terminalreporter, config):
    if number := config.stash.get(LEFT_OUT, 0):
        terminalreporter.line(f"{number} tests need SEED_DOCUMENTS and were left out")
