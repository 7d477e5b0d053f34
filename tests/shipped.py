"""What the program ships, read once in a run, and a day on which to judge by it."""

from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache

import pytest

from workbench import locations
from workbench.bootstrap import Program
from workbench.bootstrap import program as bootstrap_program
from workbench.files.content.loading import load_content
from workbench.files.texts import load_texts

AS_OF = date(2025, 6, 30)
_load_texts = cache(load_texts)
NOW = datetime(2026, 6, 30, 8, 0, tzinfo=UTC)


class FixedClock:
    """Always the same moment."""

    def now(self):
        return NOW


@cache
def content():
    checklist = locations.template("checklists", "revitalization.toml")
    return load_content(locations.seed(""), checklist)


@cache
def texts(language="zh_CN"):
    return _load_texts(language, locations.resource("translations"))


_read = Program.content.func
_of_programs = []


@contextmanager
def content_read_once():
    """Within it every program has the content and texts that the first one read.

    Nobody can change them.
    """

    def content(program):
        if not _of_programs:
            _of_programs.append(_read(program))
        return _of_programs[0]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Program, "content", property(content))
        patch.setattr(bootstrap_program, "load_texts", _load_texts)
        yield
