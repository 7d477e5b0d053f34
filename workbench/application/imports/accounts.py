# SPDX-License-Identifier: MIT
"""What became of every row read, table by table: the parts add up to the rows read."""

from collections.abc import Iterator
from dataclasses import dataclass

from workbench.application.imports.commit import Decisions
from workbench.application.imports.preview import Outcome, Preview, TablePreview


@dataclass(frozen=True, slots=True)
class Account:
    """One table's rows: stored, as the ledger has them, left as they were, and left out."""

    table: TablePreview
    read: int
    taken: int
    same: int
    kept: int
    rejected: int

    def parts(self) -> dict[str, int]:
        """Return the parts that the rows read fall into, by the last part of their text keys."""
        return {
            "taken": self.taken, "same": self.same, "kept": self.kept, "rejected": self.rejected,
        }  # fmt: skip


def accounts(preview: Preview, decisions: Decisions) -> Iterator[Account]:
    """Yield the account of each table, with what a person decided about its rows."""
    for number, table in enumerate(preview.tables()):
        counts = table.counts()
        taken = counts["new"] + counts["changed"]
        for (of, index), act in decisions.rows.items():
            if of == number:
                stored = table.outcomes[index] in (Outcome.NEW, Outcome.CHANGED)
                taken += (act != Decisions.SKIP) - stored
        read, same, rejected = counts["read"], counts["same"], counts["rejected"]
        yield Account(table, read, taken, same, read - taken - same - rejected, rejected)
