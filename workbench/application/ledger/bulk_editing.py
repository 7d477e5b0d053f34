# SPDX-License-Identifier: MIT
"""The same change to many records: what it would do, row by row, before anything is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from workbench.application.assessment.assessing import AssessingService
from workbench.application.ledger.editing import CellEdit, Editing, RefusedEdit
from workbench.application.ledger.querying import Querying
from workbench.application.ports import Progress, Silent, tracked
from workbench.domain.checks.registry import check_records
from workbench.domain.findings import Finding, Level, RefusedError
from workbench.domain.records.changes import ChangeSet, RecordChange
from workbench.domain.records.ledger import Ledger, Record
from workbench.domain.records.ledger_changes import changed_ledger


@dataclass(frozen=True, slots=True)
class BulkPreview:
    """What a bulk edit would do: how many rows change, which break which rules, what stays.

    ``broken`` are the findings that the change would cause, in the rows themselves; ``refused``
    texts could not be read, and nothing is written while there are any.
    """

    total: int
    changed: tuple[Record, ...]
    unchanged: int
    broken: tuple[Finding, ...]
    refused: tuple[RefusedEdit, ...]
    notices: tuple[Finding, ...]
    overwritten: int
    """How many values that are known would be replaced by others."""

    @property
    def breaking(self) -> int:
        """Return how many rows would break a rule."""
        return len({(finding.entity, finding.key) for finding in self.broken})

    def by_rule(self) -> dict[str, list[Finding]]:
        """Return the findings by rule, errors first."""
        rules: dict[str, list[Finding]] = {}
        for finding in sorted(self.broken, key=lambda f: (f.level is not Level.ERROR, f.code)):
            rules.setdefault(finding.code, []).append(finding)
        return rules


class BulkEditing:
    """Edits many records at once, through the same reading rules and checks as the grid."""

    def __init__(self, editing: Editing, querying: Querying, assessing: AssessingService) -> None:
        self._editing = editing
        self._querying = querying
        self._assessing = assessing

    def preview(
        self,
        entity: str,
        keys: Sequence[str],
        values: Mapping[str, str],
        as_of: date | None = None,
        progress: Progress | None = None,
    ) -> BulkPreview:
        """Return what setting fields to typed texts would do; nothing is written."""
        proposal = self._editing.proposed(_edits(entity, keys, values))
        ledger = self._querying.ledger()
        touched = {change.key for change in proposal.records}
        after = changed_ledger(ledger, ChangeSet("", proposal.records))
        rows = [row for key in keys if (row := ledger.find(entity, key)) and key in touched]
        broken = self._new_findings(rows, ledger, after, as_of, progress or Silent())
        total = len(set(keys))
        refused = {item.edit.key for item in proposal.refused}
        return BulkPreview(
            total,
            tuple(rows),
            total - len(touched | refused),
            broken,
            proposal.refused,
            proposal.notices,
            sum(map(_overwritten, proposal.records)),
        )

    def edit(
        self,
        entity: str,
        keys: Sequence[str],
        values: Mapping[str, str],
        reason: str = "",
        progress: Progress | None = None,
    ) -> int:
        """Write the change to every record as one step; return how many rows changed.

        With ``progress`` the work may be stopped until it is stored.
        RefusedError, and nothing written, when a text cannot be read.
        """
        edits = _edits(entity, keys, values)
        proposal = self._editing.proposed(edits, progress)
        if proposal.refused:
            finding = proposal.refused[0].finding
            raise RefusedError(finding.code, **finding.params)
        self._editing.edit_cells(edits, "bulk_editing.edit", reason, progress)
        return len(proposal.records)

    def _new_findings(
        self,
        rows: Sequence[Record],
        before: Ledger,
        after: Ledger,
        as_of: date | None,
        progress: Progress,
    ) -> tuple[Finding, ...]:
        """Return the findings that the rows have after the change and did not have before."""
        by_park: dict[str, list[Record]] = {}
        for row in rows:
            park = after.park_of(after.find(row.entity, row.key) or row)
            by_park.setdefault(park.key if park else "", []).append(row)
        found: list[Finding] = []
        for key, members in tracked(list(by_park.items()), progress):
            day, params = self._assessing.setting(after.find("park", key), as_of)
            new = [r for row in members if (r := after.find(row.entity, row.key)) is not None]
            known = {_same(f) for f in check_records(members, before, day, params)}
            found += [f for f in check_records(new, after, day, params) if _same(f) not in known]
        return tuple(finding for finding in found if finding.level is not Level.INFO)


def _edits(entity: str, keys: Sequence[str], values: Mapping[str, str]) -> list[CellEdit]:
    return [
        CellEdit(entity, key, field, text)
        for key in dict.fromkeys(keys)
        for field, text in values.items()
    ]


def _overwritten(change: RecordChange) -> int:
    return sum(item.old.value is not None for item in change.fields)


def _same(finding: Finding) -> tuple[str, str, str, str]:
    """Return what makes two findings the same complaint, whatever numbers it now names."""
    variant = str(finding.params.get("variant", ""))
    return finding.code, finding.key, finding.field, variant
