# SPDX-License-Identifier: MIT
"""The findings of the ledger's checks, by cell and by record, as sentences."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from workbench.application.naming import named_params
from workbench.domain.checks.registry import sentence_key
from workbench.domain.findings import Finding, Level
from workbench.ui.texts import language, t, texts_in_use
from workbench.ui.widgets.grid.protocol import Problem

_RANK = {Level.ERROR: 0, Level.WARNING: 1, Level.INFO: 2}
_LIMIT = 3


@dataclass(frozen=True)
class ProblemIndex:
    """All findings, worst first, found by the cell or the record that they are about."""

    findings: tuple[Finding, ...] = ()
    _by_cell: dict[tuple[str, str, str], list[Finding]] = field(default_factory=dict)
    _by_record: dict[tuple[str, str], list[Finding]] = field(default_factory=dict)

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> "ProblemIndex":
        """Index findings; information (I) is not a problem."""
        real = [finding for finding in findings if finding.level is not Level.INFO]
        index = cls(tuple(sorted(real, key=lambda finding: _RANK[finding.level])))
        for finding in index.findings:
            cell = (finding.entity, finding.key, finding.field)
            index._by_cell.setdefault(cell, []).append(finding)
            index._by_record.setdefault(cell[:2], []).append(finding)
        return index

    def of_cell(self, entity: str, key: str, name: str) -> Problem | None:
        """Return the complaint about one cell, worst first, or None."""
        found = self._by_cell.get((entity, key, name))
        if not found:
            return None
        words = "\n".join(finding_text(item) for item in found[:_LIMIT])
        return Problem("error" if found[0].level is Level.ERROR else "warning", words)

    def of_record(self, entity: str, key: str) -> list[Finding]:
        """Return the complaints about one record, worst first."""
        return self._by_record.get((entity, key), [])

    def errors(self) -> int:
        """Return how many findings block signing off."""
        return sum(1 for finding in self.findings if finding.level is Level.ERROR)


def finding_text(finding: Finding) -> str:
    """Return the sentence of a finding, of a check or of an edit that was refused."""
    params = named_params(
        {"entity": finding.entity, "field": finding.field} | dict(finding.params), language()
    )
    for key in (sentence_key(finding), finding.code):
        if texts_in_use().has(key):
            return t(key, **params)
    return finding.code
