# SPDX-License-Identifier: MIT
"""What writes reports that are not about one assessment of one park."""

from functools import cached_property
from typing import TYPE_CHECKING

from workbench.application.money.exporting import ScenarioExporting
from workbench.application.project.portfolio_exporting import PortfolioExporting
from workbench.application.versions.difference_exporting import DifferenceExporting
from workbench.excel.writer import WorkbookWriter
from workbench.locations import as_place

if TYPE_CHECKING:
    from workbench.application.ports import Progress, Texts
    from workbench.bootstrap.services import Services


class ReportServices:
    """Workbooks of scenarios, reports over many parks, and reports on what changed."""

    def __init__(self, services: "Services") -> None:
        self._services = services
        self._writer = WorkbookWriter(services.own_files.refuse)

    @cached_property
    def scenarios(self) -> ScenarioExporting:
        """Return what writes scenarios as a workbook."""
        own = self._services
        return ScenarioExporting(
            own.scenarios, own.editions.current, self._writer, own.program.clock
        )

    @cached_property
    def portfolio(self) -> PortfolioExporting:
        """Return the report over many parks."""
        own = self._services
        return PortfolioExporting(
            own.querying, own.exporting, own.editions.current, self._writer, own.program.clock
        )

    @cached_property
    def difference(self) -> DifferenceExporting:
        """Return the report on what changed between two assessments."""
        own = self._services
        return DifferenceExporting(
            own.finalizing, own.querying, own.exporting, own.editions.current, self._writer,
            own.program.clock, own.unit_of_work,
        )  # fmt: skip

    def write_pdf(self, workbook: str, progress: "Progress | None" = None) -> str:
        """Write a PDF beside a workbook, but not over a file of the project; return its path."""
        self._services.own_files.refuse(str(as_place(workbook).with_suffix(".pdf")))
        return self._services.program.write_pdf(workbook, progress)

    def old_pdf(self, workbook: str, texts: "Texts") -> list[str]:
        """Return what to say of an earlier PDF that lies beside a workbook without one."""
        old = as_place(workbook).with_suffix(".pdf")
        return [texts("report_pdf.old", name=old.name)] if old.is_file() else []
