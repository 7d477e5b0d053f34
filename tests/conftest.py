"""Fixtures for every kind of test."""

import faulthandler
import gc
import logging
import os
import sys
from itertools import count

import pytest
from hypothesis import settings

# How long an example takes depends on the machine; speed is measured by scripts/bench.py.
# A suite that passed passes again, on every machine: its examples do not change from run to run.
settings.register_profile("house", deadline=None, max_examples=20, derandomize=True)
# pytest --hypothesis-profile thorough: for whoever changes a rule; other examples in every run
settings.register_profile("thorough", deadline=None, max_examples=5000)
settings.load_profile("house")

HOMES = count()
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


class _FailOnWarning(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.WARNING:
            pytest.fail(f"unexpected log: {record.getMessage()}")


@pytest.fixture(scope="session", autouse=True)
def fail_on_log_warnings():
    """Watch the log from the first test to the last: once for all of them, they are thousands."""
    handler = _FailOnWarning()
    logging.getLogger("workbench").addHandler(handler)
    yield
    logging.getLogger("workbench").removeHandler(handler)


@pytest.fixture(scope="session")
def uncaptured(request):
    """Standard error as it was before pytest caught what tests write."""
    capture = request.config.pluginmanager.getplugin("capturemanager")
    with capture.global_and_fixture_disabled():
        descriptor = os.dup(2)
    yield descriptor
    os.close(descriptor)


@pytest.fixture(scope="module", autouse=True)
def standing_still_ends_the_process(uncaptured, request):
    """A test that stands still in Qt ends its process with all stacks, not the whole run.

    One timer for a module: pytest's own starts and ends a thread for each of thousands of tests.
    """
    if request.config.option.timeout != 0:  # nobody said that tests may take their time
        faulthandler.dump_traceback_later(_STANDS_STILL_S, exit=True, file=uncaptured)
    yield
    faulthandler.cancel_dump_traceback_later()


@pytest.fixture(scope="session")
def every_home(tmp_path_factory):
    """One folder for all tests: making one for each costs a unit test more than what it tests."""
    return tmp_path_factory.mktemp("homes")


@pytest.fixture(autouse=True)
def own_folders(every_home):
    """Settings, recent files and logs go to the test's own folder, never to the user's home."""
    os.environ["WORKBENCH_HOME"] = f"{every_home}/{next(HOMES)}"


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
