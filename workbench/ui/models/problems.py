# SPDX-License-Identifier: MIT
"""The findings of the ledger's checks, by cell and by record, as sentences."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Literal

from workbench.application.naming import named_params
from workbench.domain.checks.registry import sentence_key
from workbench.domain.findings import Finding, Level
from workbench.ui.texts import language, t, texts_in_use
from workbench.ui.widgets.grid.protocol import Problem

_RANK = {Level.ERROR: 0, Level.WARNING: 1, Level.INFO: 2}
_LIMIT = 3

Key = tuple[str, str]


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Return what is a problem, errors first; information (I) is none."""
    real = [finding for finding in findings if finding.level is not Level.INFO]
    return sorted(real, key=lambda finding: _RANK[finding.level])


class ProblemIndex:
    """Findings by the cell or the record that they are about; a record is asked for on its own."""

    def __init__(
        self,
        of_record: Callable[[Key], Sequence[Finding]] | None = None,
        every: Callable[[], Iterable[Finding]] | None = None,
    ) -> None:
        self._of_record = of_record
        self._every = every

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Return all findings, worst first."""
        return tuple(worst_first(self._every())) if self._every is not None else ()

    def of_record(self, entity: str, key: str) -> Sequence[Finding]:
        """Return the complaints about one record, worst first."""
        return self._of_record((entity, key)) if self._of_record is not None else ()

    def of_field(self, entity: str, key: str, name: str) -> list[Finding]:
        """Return the complaints about one cell, worst first."""
        return [item for item in self.of_record(entity, key) if item.field == name]

    def of_cell(self, entity: str, key: str, name: str) -> Problem | None:
        """Return the complaint about one cell as it is shown, or None."""
        found = self.of_record(entity, key)
        return as_problem([item for item in found if item.field == name]) if found else None

    def errors(self) -> int:
        """Return how many findings block signing off."""
        return sum(1 for finding in self.findings if finding.level is Level.ERROR)


def as_problem(found: Sequence[Finding]) -> Problem | None:
    """Return the mark and the words of a cell's findings, worst first."""
    if not found:
        return None
    words = [finding_text(item) for item in found[:_LIMIT]]
    level: Literal["error", "warning"] = "error" if found[0].level is Level.ERROR else "warning"
    for item in found:
        if item.suggestion:
            words.append(t("ledger_problems.hint", value=item.suggestion))
            fix = (item.entity, item.key, item.field, item.suggestion)
            return Problem(level, "\n".join(words), fix)
    return Problem(level, "\n".join(words))


def finding_text(finding: Finding) -> str:
    """Return the sentence of a finding, of a check or of an edit that was refused."""
    params = named_params(
        {"entity": finding.entity, "field": finding.field} | dict(finding.params), language()
    )
    for key in (sentence_key(finding), finding.code):
        if texts_in_use().has(key):
            return t(key, **params)
    return finding.code
