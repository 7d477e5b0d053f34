"""The rules of the house that no tool checks."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from workbench import locations
from workbench.application.imports.words import rule_title
from workbench.files.texts import LANGUAGES, load_texts

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = sorted((ROOT / "workbench").rglob("*.py"))
CHORES = [ROOT / "run.py", *sorted((ROOT / "scripts").glob("*.py"))]
VAGUE = {"base", "common", "helpers", "manager", "misc", "utils"}
FOLDERS = (".ci", "db", "packaging", "resources", "scripts", "templates", "tests", "workbench")
# in two pieces, so that this file does not hold what it looks for
REGISTRIES = ["pypi" + ".org", "python" + "hosted.org", "mirrors." + "aliyun", "tuna." + "tsinghua"]

FOUND = re.compile(r'(?:\b(?:notice|warning|error)\(\s*|\bnotes\b[^"\n]*|_CODES = .*)"(\w+)"')
CATCHES_ALL = re.compile(r"\bexcept\b[\s*(]*(?::|(?:Base)?Exception\b)")
RAISED = re.compile(r'(?:Error|Finding)\(\s*"([a-z_]+\.[a-z_.]+)"')


@cache
def source(path):
    return path.read_text("utf-8")


def written(pattern, *rooms):
    """Return what the pattern finds in the program, or in these rooms of it."""
    inside = tuple(str(ROOT / "workbench" / room) for room in rooms or ("",))
    paths = (path for path in PROGRAM if str(path).startswith(inside))
    return {code for path in paths for code in pattern.findall(source(path))}


def named(path):
    return path.relative_to(ROOT).as_posix()


def texts():
    """Return every text file of the project: path -> content."""
    inside = [path for name in FOLDERS for path in (ROOT / name).rglob("*") if path.is_file()]
    top = [path for path in ROOT.iterdir() if path.is_file() and path.name != ".git"]
    for path in [*top, *inside]:
        try:
            yield path, path.read_text("utf-8")
        except UnicodeDecodeError:  # a font, a picture, a workbook
            continue


def test_a_module_stays_within_400_lines_and_names_its_licence():
    lines = {named(path): source(path).splitlines() for path in [*PROGRAM, *CHORES]}
    assert [(name, len(text)) for name, text in lines.items() if len(text) > 400] == []
    assert [
        n for n, text in lines.items() if "# SPDX-License-Identifier: MIT" not in text[:2]
    ] == []


def test_a_module_says_by_its_name_what_it_holds():
    assert [
        named(path) for path in PROGRAM if path.stem in VAGUE or path.parent.name in VAGUE
    ] == []


def test_no_error_is_swallowed_whole():
    """`except Exception: pass` hides our bugs as well as the user's mistakes."""
    swallowed = [
        (named(path), node.lineno)
        for path in PROGRAM
        if CATCHES_ALL.search(source(path))  # taking all modules apart takes seconds
        for node in ast.walk(ast.parse(source(path)))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in ("Exception", "BaseException"))
        and all(isinstance(step, ast.Pass) for step in node.body)
    ]
    assert swallowed == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_of_an_import_has_a_short_name(language):
    """Lists and filters showed ``subtotal_differs`` where a rule had none."""
    texts = load_texts(language, locations.resource("translations"))
    codes = written(FOUND, "domain", "application/imports", "excel/reading")
    problems = {code for code in codes if texts.has(f"importing.{code}")}
    assert {"subtotal_differs", "content_damaged", "cut_off", "not_a_number"} <= problems
    assert len(problems) > 60
    assert {code for code in problems if rule_title(code, texts) == code} == set()


def test_every_sentence_that_an_error_names_exists():
    """One that is missing would be a traceback in the face of whoever made the mistake."""
    texts = load_texts("zh_CN", locations.resource("translations"))
    sentences = written(RAISED)
    assert len(sentences) > 100
    assert [key for key in sorted(sentences) if not texts.has(key)] == []


def test_no_registry_is_written_down():
    """Where packages come from is a matter of the reader's settings, not of the project."""
    found = [
        (named(path), host) for path, text in texts() for host in REGISTRIES if host in text.lower()
    ]
    assert found == []


def test_the_migrations_are_one_chain_numbered_without_gaps():
    """Two that were made side by side would otherwise meet first on a user's project."""
    paths = sorted((ROOT / "db/migrations/versions").glob("[0-9]*.py"))
    found = []
    for path in paths:
        names = dict(
            re.findall(r"^(revision|down_revision) = (.+)$", path.read_text("utf-8"), re.M)
        )
        found.append((path.name[:4], names["revision"], names["down_revision"]))
    numbers = [f"{number:04}" for number in range(1, len(paths) + 1)]
    before = ["None", *(repr(number) for number in numbers)]
    assert found == [(n, repr(n), b) for n, b in zip(numbers, before, strict=False)]
