# SPDX-License-Identifier: MIT
"""The interface as it starts: bundled font, light theme, Chinese texts."""

import gc
import threading

import pytest

from tests.blank_project import migrated_once
from tests.compiled_once import compiled_once
from tests.merged_quickly import merged_quickly
from tests.shipped import content_read_once
from tests.widget.patience import PatientBot
from tests.widget.window_rig import a_program, a_project, settle
from workbench import locations
from workbench.files.texts import TomlTexts, load_texts
from workbench.ui.frame.window import Window
from workbench.ui.look import theme
from workbench.ui.texts import set_texts

_loaded: dict[str, TomlTexts] = {}


def texts_of(language: str) -> TomlTexts:
    if language not in _loaded:
        _loaded[language] = load_texts(language, locations.resource("translations"))
    return _loaded[language]


@pytest.fixture(scope="session", autouse=True)
def quick_new_projects():
    """Migrations, content and statements are made once, merged cells get their looks quickly."""
    with migrated_once(), content_read_once(), compiled_once(), merged_quickly():
        yield


@pytest.fixture
def qtbot(qapp, request):
    return PatientBot(request)


@pytest.fixture(autouse=True)
def interface(qapp):
    """Every widget test starts in Chinese, light, 100 %; what it changed is put back."""
    set_texts(texts_of("zh_CN"))
    look = theme.current()
    if look.mode != "light" or look.zoom != 1.0 or not qapp.styleSheet():
        look.apply(qapp, "light", 1.0)
    yield look
    set_texts(texts_of("zh_CN"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol():
    """Take down what a test has left, once nothing of the test names it any more.

    What its module shares is older and not walked through again for each of them.
    """
    done = yield
    gc.collect(1)
    return done


@pytest.fixture(scope="module", autouse=True)
def what_stays_is_not_searched(qapp):
    """Modules, texts and content last to the end; the search after each test leaves them out."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="module", autouse=True)
def searches_as_before():
    """Other tests that follow in this process have no window whose timer searches for them."""
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


@pytest.fixture(autouse=True)
def dead_rings_are_searched_for_on_the_window_s_thread():
    """A worker that takes parts of the window down freezes it once in a few hundred times."""
    elsewhere = []

    def searching(phase, info):
        if threading.current_thread() is not threading.main_thread():
            elsewhere.append(threading.current_thread().name)

    gc.callbacks.append(searching)
    yield
    gc.callbacks.remove(searching)
    assert not elsewhere


@pytest.fixture(autouse=True)
def no_worker_left():
    """A worker that outlives its test touches objects that are gone and aborts a later test."""
    of_the_module = set(threading.enumerate())
    yield
    since = set(threading.enumerate()) - of_the_module
    left = [thread.name for thread in since if thread.name.startswith("workbench")]
    assert not left, f"the test left {left} behind: shut its TaskRunner down"


@pytest.fixture
def make_window(qtbot):
    """Make windows that are closed at the end."""
    made = []

    def make(program):
        window = Window(program)
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()
        window.commands.install()
        made.append(window)
        return window

    yield make
    for window in made:
        window.close()


@pytest.fixture
def window(make_window, tmp_path, qtbot):
    """A window with a small park open."""
    program = a_program()
    made = make_window(program)
    made.opening.open(a_project(program, tmp_path / "滨河.park"))
    settle(qtbot, made)
    assert made.context is not None
    return made
