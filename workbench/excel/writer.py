# SPDX-License-Identifier: MIT
"""Writes an assessment report as a workbook."""

from workbench.application.ports import Progress, Texts
from workbench.domain.report import Report


class WorkbookWriter:
    """Writes reports; openpyxl is imported only when one is written."""

    def write(self, report: Report, target: str, texts: Texts, progress: Progress) -> None:
        """Write the whole workbook or nothing; OutputError when the place cannot be written."""
        from openpyxl import Workbook

        from workbench.excel.saving import save
        from workbench.excel.sheets.assembly import assemble

        workbook = Workbook()
        values = assemble(workbook, report, texts, progress)
        save(workbook, target, report.created, values)
