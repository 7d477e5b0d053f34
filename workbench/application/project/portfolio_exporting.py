# SPDX-License-Identifier: MIT
"""The report over many parks, counted against the ledger like the report of one."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from workbench.application.assessment.portfolio import PARK_INDICATORS
from workbench.application.collection import search, unsearched
from workbench.application.ports import Clock, ContentOf, Progress, Silent, Texts
from workbench.application.project.bound_report import Binding, bound, signature
from workbench.application.project.coded_words import without_free_names
from workbench.application.project.exporting import ORGANISATION_SETTING
from workbench.application.report_ports import ReportWriter
from workbench.domain.findings import Level, UsageError
from workbench.domain.records.ledger import Record
from workbench.domain.report.model import Cell, Report
from workbench.domain.report.proof import Checked, RecordCount, record_counts
from workbench.domain.report.redaction.codes import Codes
from workbench.domain.report.sections.annex_layout import is_common
from workbench.domain.report.sections.cells import words
from workbench.domain.report.sections.portfolio.parks import ParkMaterial, told_apart
from workbench.domain.report.sections.portfolio.sheets import is_live, portfolio_sheets

if TYPE_CHECKING:
    from workbench.application.ledger.querying import Querying
    from workbench.application.project.exporting import Exporting

LISTED = frozenset({"building", "encumbrance"})
"""The entities of which every record stands in the report of a very large portfolio."""
MOST_ON_COVER = 4
"""Of how many parks the cover says the names; the others stand in the first table."""
_UNWANTED = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


@dataclass(frozen=True, slots=True)
class PortfolioResult:
    """Where a portfolio report was written, of which parks, and what was counted in it."""

    path: str
    report: Report
    parks: tuple[str, ...]
    errors: int
    checked: Checked


@dataclass(frozen=True, slots=True)
class _Gathered:
    """A report as it was built, what stands for each name, and what must be in its file.

    What it was built from is let go: thirty parks fill more memory than the workbook of them.
    """

    report: Report
    codes: Codes | None
    counts: Sequence[RecordCount]
    errors: int


class PortfolioExporting:
    """Assesses each park as the ledger stands and writes them side by side."""

    def __init__(
        self, querying: "Querying", exporting: "Exporting", content: ContentOf,
        writer: ReportWriter, clock: Clock,
    ) -> None:  # fmt: skip
        self._querying = querying
        self._exporting = exporting
        self._content = content
        self._writer = writer
        self._clock = clock

    @property
    def _organisation(self) -> str:
        return self._querying.setting(ORGANISATION_SETTING) or ""

    def parks(self, wanted: Sequence[str] = ()) -> list[Record]:
        """Return the parks with these codes, each once, or all; UsageError when there are none."""
        if not wanted:
            found = list(self._querying.records("park"))
        else:
            found = list({p.key: p for p in map(self._querying.park, wanted)}.values())
        if not found:
            raise UsageError("report_portfolio.no_parks")
        return found

    def suggested_name(self, as_of: date, texts: Texts) -> str:
        """Return a file name that says what it is and of which date."""
        name = _UNWANTED.sub(" ", self._organisation).strip() or texts("report_portfolio.subject")
        return f"{name}_{texts('report_portfolio.file')}_{as_of.isoformat()}.xlsx"

    def build(
        self, parks: Sequence[Record], as_of: date, texts: Texts, *,
        progress: Progress | None = None, redact: bool = False,
    ) -> Report:  # fmt: skip
        """Return the content of the report."""
        return self._gather(parks, as_of, texts, progress or Silent(), redact=redact).report

    def export(
        self, target: str, parks: Sequence[Record], as_of: date, texts: Texts, *,
        progress: Progress | None = None, redact: bool = False, template: str = "",
    ) -> PortfolioResult:  # fmt: skip
        """Write the report; OutputError when the place cannot be written, with nothing changed."""
        watched = progress or Silent()
        with unsearched():
            found = self._gather(parks, as_of, texts, watched, redact=redact)
        search()  # what the figures were worked out from is a web of rings, larger than the report
        with unsearched():
            checked = self._writer.write(
                found.report, target, texts, watched, found.counts, template, found.codes
            )
        labels = tuple(park.label for park in parks)
        return PortfolioResult(target, found.report, labels, found.errors, checked)

    def _gather(
        self, parks: Sequence[Record], as_of: date, texts: Texts, progress: Progress, *,
        redact: bool,
    ) -> _Gathered:  # fmt: skip
        materials = []
        for done, park in enumerate(parks):
            progress.step(done, len(parks))
            of_park = self._exporting.of_park(park.key, as_of, texts)
            if redact:
                coded = without_free_names(of_park.material, {}, texts)
                of_park = replace(of_park, material=coded)
            materials.append(of_park)
        materials = told_apart(materials)
        report = self._report(materials, as_of, texts)
        codes = None
        if redact:
            ledger = materials[0].material.whole.ledger
            names = [each.material.park_name for each in materials]
            names += [park.label for park in parks]
            report, codes = self._exporting.without_names(report, [ledger], names, texts)
        return _Gathered(report, codes, _counts(materials, texts), _errors(materials))

    def _report(self, materials: Sequence[ParkMaterial], as_of: date, texts: Texts) -> Report:
        first = materials[0].material
        subject = self._organisation or texts("report_portfolio.subject")
        errors = _errors(materials)
        draft = texts("report.cover.draft", errors=errors) if errors else ""
        notice = texts("report.sample_note" if first.is_sample else "report.cover.notice")
        names = texts("report.comma").join(m.material.park_name for m in materials[:MOST_ON_COVER])
        if len(materials) > MOST_ON_COVER:
            names = texts("report_portfolio.among", names=names, count=len(materials))
        facts = (
            (texts("report_portfolio.parks"), words(names)),
            (texts("report_portfolio.count"), Cell(str(len(materials)))),
            (texts("report.cover.organisation"), words(self._organisation)),
            (texts("report.cover.secrecy"), words("")),
        )
        binding = Binding(
            texts("report_portfolio.title", subject=subject), subject, as_of,
            texts("report.status.draft"), notice, draft,
        )  # fmt: skip
        sheets = portfolio_sheets(materials, PARK_INDICATORS, signature(texts))
        return bound(binding, facts, sheets, self._content(), texts, self._clock.now())


def _errors(materials: Iterable[ParkMaterial]) -> int:
    found = (finding for each in materials for finding in each.material.findings)
    return sum(finding.level is Level.ERROR for finding in found)


def _counts(materials: Sequence[ParkMaterial], texts: Texts) -> list[RecordCount]:
    """Return the counts of all parks together, for the entities that are listed."""
    whole: dict[str, RecordCount] = {}
    parks = [each.material for each in materials]
    every = is_live(parks)
    for each in materials:
        for count in record_counts(each.material.whole, texts.language):
            if every or count.entity in LISTED:
                before = None if is_common(parks, count.entity) else whole.get(count.entity)
                whole[count.entity] = _added(before, count)
    return list(whole.values())


def _added(left: RecordCount | None, right: RecordCount) -> RecordCount:
    if left is None:
        return right
    keys = [*left.sums, *(key for key in right.sums if key not in left.sums)]
    nothing = Decimal(0)
    sums = {key: left.sums.get(key, nothing) + right.sums.get(key, nothing) for key in keys}
    return RecordCount(left.entity, left.title, left.records + right.records, sums)
