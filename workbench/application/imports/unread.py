# SPDX-License-Identifier: MIT
"""Cells of an import that say something unreadable where the ledger has a value.

They change nothing: without a word, 5O00 for an area that became 5000 would leave the old one in
place.
"""

from collections.abc import Iterable

from workbench.application.imports.preview import Outcome, TablePreview
from workbench.domain.findings import Level
from workbench.domain.records.ledger import Record

_OF_RECORDS = (Outcome.SAME, Outcome.CHANGED, Outcome.REVIEW)


def keep_unread(table: TablePreview, stored: Iterable[Record]) -> None:
    """Note them with the values that stay; one whose text was stored with the value is settled."""
    cells = [
        (index, name)
        for name, data in table.columns.items()
        for index, found in data.problems.items()
        if data.values[index] is None
        and table.outcomes[index] in _OF_RECORDS
        and any(problem.level is not Level.INFO for problem in found)
    ]
    wanted = {table.matched.get(index) for index, _ in cells}
    known = {record.key: record for record in stored if record.key in wanted} if wanted else {}
    for index, name in cells:
        record = known.get(table.matched.get(index, ""))
        if record is None or (value := record.get(name)) is None:
            continue
        origin = record.origins.get(name)
        if origin is None or origin.raw != table.raw(index, name):
            table.unread[index, name] = value
