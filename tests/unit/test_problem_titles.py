"""Every problem that reading a ledger may find has a short name for the list of rules."""

import ast
from pathlib import Path

import pytest

from workbench import locations
from workbench.domain.parsing import parsed
from workbench.files.texts import load_texts

ROOT = Path(parsed.__file__).parents[2]
LEVELS = ("notice", "warning", "error")


def _codes():
    for path in sorted((*ROOT.glob("domain/**/*.py"), *ROOT.glob("application/imports/*.py"))):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in LEVELS and node.args:
                told = node.args[0]
                if isinstance(told, ast.Constant):
                    yield told.value


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_no_rule_is_listed_under_its_code(language):
    texts = load_texts(language, locations.resource("translations"))
    codes = {code for code in _codes() if texts.has(f"importing.{code}")}
    assert len(codes) > 60
    assert {code for code in codes if not texts.has(f"import_rules.{code}")} == set()
