# SPDX-License-Identifier: MIT
"""What stands against a report before it is exported, the worst first."""

from workbench.domain.records.ledger import Record
from workbench.ui.pages.report.built import BuiltReport
from workbench.ui.pages.report.checks import CheckLine
from workbench.ui.texts import t


def check_lines(built: BuiltReport, assessment: Record | None, closed: int) -> list[CheckLine]:
    """Return what blocks the formal export, what only reminds, and what is still open.

    ``closed`` counts the stages of the checklist that red lines keep closed.
    """
    lines = [CheckLine("danger", e.text, t("report_page.mend"), e.target) for e in built.errors]
    known = {complaint.text for complaint in built.errors}
    for text in built.report.open_items:
        if text not in known:
            target = "assessment|indicators"
            if assessment is None and text == t("report.open_checklist"):
                target = "checklist"
            lines.append(CheckLine("warn", text, t("report_page.look"), target))
    if closed:
        words = t("report_page.red_lines_n", n=closed)
        lines.append(CheckLine("warn", words, t("report_page.look"), "checklist"))
    if built.warnings:
        words = t("report_page.warnings_n", n=len(built.warnings))
        lines.append(CheckLine("warn", words, t("report_page.look"), "ledger|problems"))
    return lines or [CheckLine("success", t("report_page.clean"))]
