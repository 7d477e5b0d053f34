"""The two lock files hold what pyproject.toml asks for, with hashes and without an address."""

import re
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
RUNTIME = [*PROJECT["project"]["dependencies"], *EXTRAS["gui"]]
DEV = [*RUNTIME, *EXTRAS["postgres"], *PROJECT["dependency-groups"]["dev"]]


def pins(name):
    """Package -> {version: its hashes}; a package may have one pin per Python version."""
    found = defaultdict(dict)
    text = (ROOT / name).read_text("utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        requirement, *hashes = re.split(r"\s+--hash=", line.strip())
        parsed = Requirement(requirement)
        [pinned] = parsed.specifier
        assert pinned.operator == "==", line
        found[canonicalize_name(parsed.name)][pinned.version] = hashes
    return found


RUNTIME_PINS = pins("requirements.lock")
DEV_PINS = pins("requirements-dev.lock")


@pytest.mark.parametrize(
    ("wanted", "locked"), [(RUNTIME, RUNTIME_PINS), (DEV, DEV_PINS)], ids=["runtime", "dev"]
)
def test_each_dependency_is_pinned_to_a_version_that_it_allows(wanted, locked):
    for dependency in map(Requirement, wanted):
        versions = locked[canonicalize_name(dependency.name)]
        assert versions, dependency
        assert all(dependency.specifier.contains(version) for version in versions), dependency


@pytest.mark.parametrize("locked", [RUNTIME_PINS, DEV_PINS], ids=["runtime", "dev"])
def test_every_pin_has_hashes(locked):
    for name, versions in locked.items():
        for version, hashes in versions.items():
            assert hashes, f"{name} {version}"
            assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", digest) for digest in hashes)


def test_the_development_lock_holds_the_whole_runtime_lock():
    """run.py takes a finished development set-up for a finished runtime set-up."""
    assert DEV_PINS.items() >= RUNTIME_PINS.items()


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_no_address_of_a_registry_is_written_down(name):
    text = (ROOT / name).read_text("utf-8")
    assert not re.search(r"://|--\S*(index|find-links|trusted-host)|@ ", text)
