# SPDX-License-Identifier: MIT
"""The shipped content for tests: read once, in both languages, and in a copy to be spoiled."""

import shutil

import pytest

from workbench import locations
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.condition_names import ledger_names
from workbench.files.content.loading import load_content
from workbench.files.texts import LANGUAGES, load_texts

NAMES = ledger_names(CATALOGUE)
SEED = locations.seed("")
CHECKLIST = locations.template("checklists", "revitalization.toml")


@pytest.fixture(scope="session")
def content():
    return load_content(SEED, CHECKLIST, NAMES)


@pytest.fixture(scope="session")
def texts():
    return [load_texts(language, locations.resource("translations")) for language in LANGUAGES]


@pytest.fixture
def copy(tmp_path):
    """The shipped files in a folder where a test may spoil one."""
    seed = tmp_path / "seed"
    seed.mkdir()
    for path in SEED.glob("*.toml"):
        shutil.copy(path, seed)
    template = tmp_path / "revitalization.toml"
    shutil.copy(CHECKLIST, template)
    return seed, template
