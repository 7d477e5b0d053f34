"""Fixtures for every kind of test."""

import faulthandler
import gc
import logging
import os
import sys
from itertools import count
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings
from hypothesis.internal.conjecture import providers

# How long an example takes depends on the machine; speed is measured by scripts/bench.py.
# A suite that passed passes again, on every machine: its examples do not change from run to run.
settings.register_profile("house", deadline=None, max_examples=20, derandomize=True)
# pytest --hypothesis-profile thorough: for whoever changes a rule; other examples in every run
settings.register_profile("thorough", deadline=None, max_examples=5000)
settings.load_profile("house")

_STANDS_STILL_S = 600

_SEARCHED_AFTER = 10_000
"""So many new objects cause a search for dead rings; after Python's 700 it is a tenth of a run."""

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# Compiled once for all: where Python was told to keep no bytecode, every process of the run, and
# every program that a test starts, would spend longer on compiling than on what it does.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
gc.disable()  # till all tests are collected: what that makes stays


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config):
    """Five thousand examples of a rule may take their time; nothing else may."""
    if config.getoption("--hypothesis-profile") == "thorough":
        config.option.timeout = 0
    else:
        # A constant of any module, imported or not yet, would else be an example of every rule.
        providers._get_local_constants = lambda: providers._local_constants
    config.pluginmanager.register(_ForEveryTest(config))


class _FailOnWarning(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.WARNING:
            pytest.fail(f"unexpected log: {record.getMessage()}")


class _ForEveryTest:
    """What every test needs, by hooks: fixtures would be looked up anew for each of thousands.

    The log is watched from the first test to the last, and settings, recent files and logs go to
    the test's own folder, never to the user's home. A test that stands still in Qt ends its process
    with all stacks, not the whole run; one timer watches a module, since starting and ending
    pytest's own costs a thread for each test.
    """

    def __init__(self, config):
        self._log = _FailOnWarning()
        self._number = count()
        self._watched = None
        self._may_stand = config.option.timeout == 0  # somebody said that tests may take their time
        self._config = config

    def pytest_sessionstart(self):
        self._homes = TemporaryDirectory(prefix="homes", ignore_cleanup_errors=True)
        logging.getLogger("workbench").addHandler(self._log)
        capture = self._config.pluginmanager.getplugin("capturemanager")
        with capture.global_and_fixture_disabled():
            self._stderr = os.dup(2)  # as it was before pytest caught what tests write

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item):
        os.environ["WORKBENCH_HOME"] = f"{self._homes.name}/{next(self._number)}"
        if item.path != self._watched and not self._may_stand:
            self._watched = item.path
            faulthandler.dump_traceback_later(_STANDS_STILL_S, exit=True, file=self._stderr)

    def pytest_sessionfinish(self):
        faulthandler.cancel_dump_traceback_later()
        os.close(self._stderr)
        logging.getLogger("workbench").removeHandler(self._log)
        self._homes.cleanup()


def pytest_collection_modifyitems(items):
    for item in items:
        _, kind, _ = item.nodeid.split("/", 2)
        item.add_marker(kind)
    items.sort(key=_turn)


def _turn(item):
    """Modules that recalculate workbooks go first: a long one at the end has no company.

    The many short ones of unit tests go last, so that all workers end together.
    """
    if hasattr(item.module, "needs_office"):
        return 0
    return 2 if item.nodeid.startswith("tests/unit/") else 1


def pytest_collection_finish():
    """What collecting made stays to the end; the collector need never walk it."""
    gc.freeze()
    gc.set_threshold(_SEARCHED_AFTER, *gc.get_threshold()[1:])
    gc.enable()
