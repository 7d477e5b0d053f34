"""Unit tests touch no file, so one folder serves them all."""

import os

import pytest


@pytest.fixture(scope="session", autouse=True)
def own_folders(every_home):
    os.environ["WORKBENCH_HOME"] = f"{every_home}/unit"
