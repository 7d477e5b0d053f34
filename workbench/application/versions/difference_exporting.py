# SPDX-License-Identifier: MIT
"""The difference report: which figures changed from one assessment to another, and why."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.application.collection import unsearched
from workbench.application.ports import Clock, ContentOf, Progress, Silent, Texts
from workbench.application.project.bound_report import Binding, bound
from workbench.application.project.sampling import SAMPLE_SETTING
from workbench.application.report_ports import ReportWriter
from workbench.application.store_ports import NewUnitOfWork
from workbench.application.versions.authors import Authors, authors_of
from workbench.application.versions.difference_pages import DifferencePages
from workbench.application.versions.difference_results import DifferenceResults
from workbench.application.versions.final_guard import FINAL
from workbench.application.versions.reporting import VersionWords
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.display import choice_title
from workbench.domain.freezing.comparing import compare
from workbench.domain.freezing.differences import Comparison, Side
from workbench.domain.records.ledger import Record
from workbench.domain.report.model import (
    Report,
)
from workbench.domain.report.proof import Checked
from workbench.domain.report.redaction.codes import Codes
from workbench.domain.report.sections.cells import words

if TYPE_CHECKING:
    from workbench.application.ledger.querying import Querying
    from workbench.application.project.exporting import Exporting
    from workbench.application.versions.finalizing import Finalizing


@dataclass(frozen=True, slots=True)
class DifferenceResult:
    """Where a difference report was written, how much differs, and what was counted in it."""

    path: str
    report: Report
    results: int
    inputs: int
    scenarios: int
    content: int
    checked: Checked

    @property
    def counts(self) -> dict[str, int]:
        """Return what differs by kind, as the summary says it."""
        return {
            "results": self.results, "inputs": self.inputs, "scenarios": self.scenarios,
            "content": self.content,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Gathered:
    """A report as it was built, what stands for each name, and what was compared."""

    report: Report
    codes: Codes | None
    comparison: Comparison


class DifferenceExporting:
    """Compares two assessments of a park and writes what differs."""

    def __init__(
        self, finalizing: "Finalizing", querying: "Querying", exporting: "Exporting",
        content: ContentOf, writer: ReportWriter, clock: Clock, unit_of_work: NewUnitOfWork,
    ) -> None:  # fmt: skip
        self._unit_of_work = unit_of_work
        self._finalizing = finalizing
        self._querying = querying
        self._exporting = exporting
        self._content = content
        self._writer = writer
        self._clock = clock

    def suggested_name(self, old: Record, new: Record, texts: Texts) -> str:
        """Return a file name that names both versions."""
        park = self._querying.record("park", new.text("park") or "")
        parts = (park.label if park else "", texts("report_difference.file"), old.label, new.label)
        return "_".join("".join(c for c in part if c not in '\\/:*?"<>|')[:40] for part in parts
                        if part) + ".xlsx"  # fmt: skip

    def build(
        self, old: Record, new: Record, texts: Texts, *, progress: Progress | None = None,
        redact: bool = False,
    ) -> Report:  # fmt: skip
        """Return the content of the report; RefusedError when the two are of different parks."""
        return self._gather(old, new, texts, progress or Silent(), redact=redact).report

    @unsearched()
    def export(
        self, target: str, old: Record, new: Record, texts: Texts, *,
        progress: Progress | None = None, redact: bool = False, template: str = "",
    ) -> DifferenceResult:  # fmt: skip
        """Write the report; OutputError when the place cannot be written, with nothing changed.

        RefusedError when the two are of different parks.
        """
        watched = progress or Silent()
        found = self._gather(old, new, texts, watched, redact=redact)
        checked = self._writer.write(
            found.report, target, texts, watched, (), template, found.codes
        )
        comparison = found.comparison
        return DifferenceResult(
            target, found.report, len(comparison.results), len(comparison.cells),
            len(comparison.inputs), len(comparison.content), checked,
        )  # fmt: skip

    def _gather(
        self, old: Record, new: Record, texts: Texts, progress: Progress, *, redact: bool
    ) -> _Gathered:
        sides = self._finalizing.sides(old, new, progress)
        comparison = compare(*sides)
        report = self._report(old, new, sides, comparison, texts, redact=redact)
        codes = None
        if redact:
            ledgers = [side.found.scope.ledger for side in sides]
            kept = (report.park_name,)
            frozen = [
                self._finalizing.frozen(record).services
                for record in (old, new)
                if record.text("status") == FINAL
            ]
            report, codes = self._exporting.without_names(report, ledgers, kept, texts, *frozen)
        return _Gathered(report, codes, comparison)

    def _report(
        self, old: Record, new: Record, sides: tuple[Side, Side], comparison: Comparison,
        texts: Texts, *, redact: bool,
    ) -> Report:  # fmt: skip
        park = sides[1].found.scope.park
        name = park.label if park else new.text("park") or ""
        authors = self._authors(comparison, new)
        said = VersionWords(texts, self._content())
        pages = DifferencePages(texts, said, authors, nameless=redact)
        results = DifferenceResults(texts, said, [side.found.indicators for side in sides])
        is_sample = bool(self._querying.setting(SAMPLE_SETTING))
        sheets = (
            results.results(comparison, old.label, is_sample=is_sample),
            pages.behind(comparison),
            pages.basis((old, new), sides),
        )
        facts = (
            (texts("report.cover.park"), words(name)),
            (texts("report_difference.old"), words(_version(old, texts))),
            (texts("report_difference.new"), words(_version(new, texts))),
            (texts("report.cover.secrecy"), words("")),
        )
        binding = Binding(
            texts("report_difference.title", park=name), name, sides[1].found.scope.as_of,
            texts("report_difference.status"),
            texts("report.sample_note" if is_sample else "report.cover.notice"),
            edition=int(new.number("edition") or 1),
        )  # fmt: skip
        return bound(binding, facts, sheets, self._content(), texts, self._clock.now())

    def _authors(self, comparison: Comparison, new: Record) -> Authors:
        """Return who changed what differs; of a final version up to the step that closed it."""
        seal = self._querying.log_seal(new) if new.text("status") == FINAL else None
        with self._unit_of_work() as work:
            return authors_of(work, comparison, new, seal.steps if seal else None)


def _version(record: Record, texts: Texts) -> str:
    """Return an assessment by name, version, status and as-of date."""
    as_of, edition = record.day("as_of"), record.number("edition")
    status = CATALOGUE["assessment"]["status"]
    return texts(
        "report_difference.version",
        name=record.label,
        edition=int(edition or 1),
        status=choice_title(record.text("status") or "", status, texts.language),
        as_of=as_of.isoformat() if as_of else "—",
    )
