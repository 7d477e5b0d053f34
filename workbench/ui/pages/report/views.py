# SPDX-License-Identifier: MIT
"""Which report is looked at (one assessment, all parks, a difference) and what builds it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from workbench.application.ports import Progress
from workbench.domain.records.ledger import Record
from workbench.domain.report.model import Report
from workbench.ui.context import UiContext
from workbench.ui.pages.assessment.version_dialogs import CompareDialog
from workbench.ui.texts import t, texts_in_use
from workbench.ui.widgets.choice_box import ChoiceBox

Build = Callable[[Progress], Report]
"""Builds the content of a report, on the worker's thread."""


class ReportKind(StrEnum):
    """What a report is about."""

    ASSESSMENT = "assessment"
    PORTFOLIO = "portfolio"
    DIFFERENCE = "difference"


@dataclass(frozen=True, slots=True)
class Basis:
    """What the report of one park rests on, and whether names are hidden."""

    park: str
    as_of: date
    assessment: Record | None
    redact: bool
    with_package: bool


class ReportViews(ChoiceBox):
    """Offers the kinds of reports; ``kind_changed`` when another one is to be shown.

    A difference asks with which assessment the chosen one is compared, and goes back where there is
    none.
    """

    kind_changed = Signal()

    def __init__(self, context: UiContext, page: QWidget) -> None:
        kinds = [(kind.value, t(f"report_views.{kind.value}")) for kind in ReportKind]
        super().__init__(t("report_views.kind"), kinds)
        self.stay_narrow()
        self._context = context
        self._page = page
        self._shown = ReportKind.ASSESSMENT
        self._pair: tuple[Record, Record] | None = None
        self.activated.connect(self._on_activated)

    @property
    def kind(self) -> ReportKind:
        """Return what is looked at."""
        return self._shown

    def build_of(self, basis: Basis) -> Build:
        """Return what builds the report that is looked at."""
        services, texts = self._context.services, texts_in_use()
        if self._shown is ReportKind.PORTFOLIO:
            portfolio = services.reports.portfolio
            return lambda progress: portfolio.build(
                portfolio.parks(), basis.as_of, texts, progress=progress, redact=basis.redact
            )
        if self._shown is ReportKind.DIFFERENCE and self._pair is not None:
            old, new = self._pair
            difference = services.reports.difference
            return lambda progress: difference.build(
                old, new, texts, progress=progress, redact=basis.redact
            )
        return lambda progress: services.exporting.build(
            basis.park, basis.as_of, texts, assessment=basis.assessment, progress=progress,
            redact=basis.redact, with_package=basis.with_package,
        )  # fmt: skip

    def set_basis(self, known: Sequence[Record], chosen: Record | None) -> None:
        """Hear which assessments there are; a difference of others is looked at no longer."""
        keys = {record.key: record for record in known}
        pair = self._pair
        if pair is None:
            return
        stays = chosen is not None and pair[1].key == chosen.key and pair[0].key in keys
        self._pair = (keys[pair[0].key], keys[pair[1].key]) if stays else None
        if not stays and self._shown is ReportKind.DIFFERENCE:
            self._show(ReportKind.ASSESSMENT)

    def ask_pair(self, then: Callable[[Record, Record], None]) -> bool:
        """Ask with which other assessment of the park the chosen one is compared.

        Return whether it could be asked; where it could not, it is said why.
        """
        known = self._context.services.assessments.of_park(self._context.park_key)
        record = next((r for r in known if r.key == self._context.assessment_key), None)
        others = {r.key: r for r in known if record and r.key != record.key}
        if record is None or not others:
            self._context.shell.show_toast(t("report_difference.needs_two"))
            return False
        dialog = CompareDialog(self._page.window(), record, list(others.values()))
        dialog.chosen.connect(lambda key: then(others[key], record))
        dialog.rejected.connect(lambda: self.choose(self._shown))
        dialog.open()
        return True

    @Slot()
    def _on_activated(self) -> None:
        wanted = ReportKind(self.chosen())
        if wanted is not ReportKind.DIFFERENCE:
            self._show(wanted)
        elif not self.ask_pair(self._compare):
            self.choose(self._shown)

    def _compare(self, old: Record, new: Record) -> None:
        self._pair = old, new
        self._show(ReportKind.DIFFERENCE)

    def _show(self, kind: ReportKind) -> None:
        self._shown = kind
        self.choose(kind)
        names = [record.label for record in self._pair or ()]
        of_pair = kind is ReportKind.DIFFERENCE and names
        self.setToolTip(t("report_views.pair", old=names[0], new=names[1]) if of_pair else "")
        self.kind_changed.emit()
