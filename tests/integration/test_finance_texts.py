# SPDX-License-Identifier: MIT
"""Everything that the money says has a text: findings, reasons, groups; every parameter exists."""

import re
from pathlib import Path

from tests.shipped import texts
from workbench.domain.finance.inputs import ParameterBy
from workbench.domain.finance.models import MODELS
from workbench.domain.report.sections.money.words import UNITS

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "workbench" / "domain" / "finance").rglob("*.py"))
SOURCE = "\n".join(path.read_text("utf-8") for path in MODULES)
TEXTS = texts()


def codes(pattern):
    return set(re.findall(pattern, SOURCE))


def test_every_finding_and_reason_has_its_sentence():
    found = codes(r'\b(?:_?[Ff]inding|_error)\(\s*"([a-z_]+)"')
    found |= codes(r'return "(distribution_[a-z_]+)"')
    assert "missing" in found
    assert [code for code in sorted(found) if not TEXTS.has(f"finance.{code}")] == []
    reasons = codes(r'\bReason\(\s*"([a-z_]+)"')
    assert [code for code in sorted(reasons) if not TEXTS.has(f"finance.reason.{code}")] == []


def test_every_group_has_its_heading():
    groups = codes(r'group="([a-z_]+)"') | codes(r'\.group\("([a-z_]+)"\)')
    assert [key for key in sorted(groups) if not TEXTS.has(f"finance.group.{key}")] == []


def test_every_parameter_of_a_model_is_in_the_shipped_table():
    shipped = (ROOT / "db" / "seed" / "parameters.toml").read_text("utf-8")
    wanted = set()
    for model in MODELS.values():
        for item in model.inputs:
            by = item.parameter
            wanted |= set(by.codes.values()) if isinstance(by, ParameterBy) else {by}
    wanted.discard("")
    assert [code for code in sorted(wanted) if f'code = "{code}"' not in shipped] == []


def test_an_input_is_declared_once_and_series_know_their_length():
    for model in MODELS.values():
        keys = [item.key for item in model.inputs]
        assert len(keys) == len(set(keys)), model.key
        assert {item.length for item in model.inputs if item.length} <= set(keys)


def test_every_trace_of_the_money_names_a_text_that_exists():
    named = codes(r'[Tt]race\(\s*"finance\.([a-z_]+)"')
    assert named == {"traced", "from_ledger"}
    assert all(TEXTS.has(f"finance.{key}") for key in named)


def test_every_unit_of_the_money_is_said_in_every_language():
    shipped = (ROOT / "db" / "seed" / "parameters.toml").read_text("utf-8")
    units = set(re.findall(r'^unit = "(.*)"$', shipped, re.MULTILINE))
    for model in MODELS.values():
        for item in model.inputs:
            units |= {item.field.shown_unit, *(column.field.shown_unit for column in item.columns)}
    units |= codes(r'unit="([^"]+)"')
    alike = {"", "%", "㎡", "m"}
    assert units - alike <= UNITS
    assert all(TEXTS.has(f"ledger.unit.{unit}") for unit in UNITS)
