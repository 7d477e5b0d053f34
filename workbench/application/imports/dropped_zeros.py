# SPDX-License-Identifier: MIT
"""Months whose last zero a spreadsheet dropped: 2016.10 kept as the number 2016.1."""

import re
from collections.abc import Iterable

from workbench.application.imports.preview import ColumnData
from workbench.domain.fields import FieldType
from workbench.domain.parsing.dates import month_alone
from workbench.domain.parsing.parsed import notice
from workbench.domain.parsing.text import shown
from workbench.domain.tables.table import Table
from workbench.domain.values import Origin

_UNSURE = "ambiguous_month"
_JANUARY_TO_SEPTEMBER = re.compile(r"(?:19|20)\d\d\.0[1-9]")
_ONE_DIGIT = re.compile(r"(?:19|20)\d\d\.[2-9]")


def settle_months(table: Table, columns: Iterable[ColumnData]) -> None:
    """Read 2016.1 as October where the rest of its column writes every month with two digits.

    January stands there as 2016.01; a column that has 2016.5 as well leaves it open.
    """
    for data in columns:
        if data.field.type is not FieldType.DATE or data.column is None:
            continue
        unsure = [i for i, found in data.problems.items() if any(p.code == _UNSURE for p in found)]
        if not unsure:
            continue
        place = data.column.position
        words = [shown(row[place]).strip() for _, row in table.rows]
        if any(map(_ONE_DIGIT.fullmatch, words)) or not any(
            map(_JANUARY_TO_SEPTEMBER.fullmatch, words)
        ):
            continue
        for index in unsure:
            day, precision = month_alone(data.field, int(words[index][:4]), 10)
            data.values[index] = day
            data.origins[index] = Origin(words[index], qualifier=precision)
            data.problems[index] = (notice("two_digit_months", text=words[index]),)
