# SPDX-License-Identifier: MIT
"""Compares the ledger's own 合计 with the sum of the rows taken in (rule V28)."""

from decimal import Decimal

from workbench.application.imports.preview import ControlTotal, Outcome, TablePreview
from workbench.domain.fields import FieldType
from workbench.domain.parsing.cells import parse
from workbench.domain.parsing.parsed import ParseContext, warning

TOLERANCE = Decimal("0.005")
"""Relative difference above which a total disagrees (domain §3.4, V28W)."""

_ADDITIVE = (FieldType.AREA, FieldType.MONEY)


def _counts(preview: TablePreview, index: int) -> bool:
    """Tell whether a row is part of the ledger's total: not a second statement of another row."""
    if preview.outcomes[index] is not Outcome.REVIEW:
        return True
    problems = preview.row_problems.get(index, ())
    return all(problem.code != "duplicate_key_conflict" for _, problem in problems)


def compare_totals(preview: TablePreview) -> None:
    """Fill in the control totals of a table, with a finding for each that disagrees."""
    if preview.table.total is None:
        return
    number, row = preview.table.total
    counted = [index for index in preview.kept() if _counts(preview, index)]
    for name, data in preview.columns.items():
        if data.column is None or data.field.type not in _ADDITIVE:
            continue
        stated = parse(data.field, row[data.column.position], ParseContext(data.unit)).value
        if not isinstance(stated, Decimal):
            continue
        figures = (data.values[index] for index in counted)
        computed = sum((v for v in figures if isinstance(v, Decimal)), Decimal(0))
        agrees = abs(stated - computed) <= abs(computed) * TOLERANCE
        preview.totals.append(ControlTotal(name, number, stated, computed, agrees))
        if not agrees:
            params = {"row": str(number), "stated": f"{stated:f}", "computed": f"{computed:f}"}
            preview.problems.append((data.column.letter, warning("V28W", **params)))
