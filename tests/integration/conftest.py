"""A real project in a temporary folder."""

from datetime import UTC, datetime

import pytest

from tests.blank_project import migrated_once
from tests.compiled_once import compiled_once
from tests.content_rig import content, copy, texts
from tests.merged_quickly import merged_quickly
from tests.shipped import content_read_once
from workbench.bootstrap import Program

__all__ = ["content", "copy", "texts"]


class FixedClock:
    """Always the same moment."""

    def now(self):
        return datetime(2026, 6, 30, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="session", autouse=True)
def quick_new_projects():
    """Migrations, content and statements are made once, merged cells get their looks quickly."""
    with migrated_once(), content_read_once(), compiled_once(), merged_quickly():
        yield


@pytest.fixture
def program():
    return Program(clock=FixedClock())


@pytest.fixture
def services(program, tmp_path):
    services = program.create(str(tmp_path / "园区 100%.park"))
    yield services
    services.close()
