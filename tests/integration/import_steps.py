# SPDX-License-Identifier: MIT
"""Reading and taking small workbooks through the import, step by step."""

from datetime import date

import openpyxl
import pytest

from workbench.application.imports.choices import ImportOptions
from workbench.application.imports.fixes import problems

AS_OF = date(2026, 6, 30)


@pytest.fixture
def chinese(program):
    """A module takes it as ``texts = chinese``."""
    return program.texts("zh_CN")


def write(path, *rows, title="厂房"):
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    book.save(path)
    return str(path)


def everything(services, entity):
    with services.unit_of_work() as work:
        return list(work.records.all(entity))


def read(services, path, **options):
    preview = services.importing.preview([path], ImportOptions(**options))
    services.import_checks.check(preview, AS_OF)
    return preview


def take(services, path, **options):
    preview = read(services, path, **options)
    return preview, services.importing.commit(preview)


def codes(preview):
    return [(p.table.row_number(p.index), p.field, p.problem.code) for p in problems(preview)]
