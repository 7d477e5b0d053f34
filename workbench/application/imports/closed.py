# SPDX-License-Identifier: MIT
"""Rows that cannot be stored because of the assessment they name: said before anything is stored.

Such a row is shown under review with its finding, and no decision stores it.
"""

from collections.abc import Sequence

from workbench.application.imports.preview import Outcome, TablePreview
from workbench.application.versions.final_guard import FINAL, names_assessment
from workbench.domain.parsing.parsed import error
from workbench.domain.records.ledger import Record


def bar_closed(table: TablePreview, assessments: Sequence[Record]) -> None:
    """Bar the rows of final assessments, and of assessments that the project does not have."""
    name = names_assessment(table.entity)
    data = table.columns.get(name) if name else None
    if name is None or data is None or data.targets is None:
        return
    final = {record.key: record for record in assessments if record.text("status") == FINAL}
    for index in table.kept():
        said, key = data.values[index], data.targets[index]
        if said is None or table.outcomes[index] is Outcome.SAME:
            continue
        if key is None:
            table.bar(index, name, error("assessment_missing", text=str(said)))
        elif key in final:
            table.bar(index, name, error("assessment_final", text=final[key].label))
