# SPDX-License-Identifier: MIT
"""Keeps what was computed with a named assessment, chosen or begun for it."""

import json

from PySide6.QtCore import QObject, Slot

from workbench.application.ports import Progress
from workbench.domain.records.ledger import Record
from workbench.ui.context import UiContext
from workbench.ui.pages.assessment.dialogs import KeepDialog, StartDialog
from workbench.ui.texts import t, texts_in_use


class ResultKeeping(QObject):
    """Asks with which assessment, then writes off the window's thread."""

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    @Slot()
    def ask(self) -> None:
        """Ask with which assessment of the park the result is kept; without one, begin one."""
        known = self._context.services.assessments.of_park(self._context.park_key)
        if not known:
            self._on_chosen("")
            return
        dialog = KeepDialog(self._context, known)
        dialog.chosen.connect(self._on_chosen)
        dialog.open()

    @Slot(str)
    def _on_chosen(self, key: str) -> None:
        park = self._context.park
        record = self._context.services.querying.record("assessment", key) if key else None
        if record is not None:
            self._keep(record)
        elif park is not None:
            dialog = StartDialog(self._context, park)
            dialog.started.connect(self._keep)
            dialog.open()

    @Slot(object)
    def _keep(self, record: Record) -> None:
        draft, texts = self._context.assessed.draft, texts_in_use()
        services = self._context.services
        if draft is None:
            return
        self._context.choose_assessment(record.key)

        def work(_progress: Progress) -> str:
            from workbench.application.assessment.assess_report import (
                assess_report,
                indicators_report,
            )

            indicators = indicators_report(draft.scope, draft.indicators, texts)["indicators"]
            result = {"indicators": indicators, **assess_report(draft, texts)}
            text = json.dumps(result, ensure_ascii=False, separators=(",", ":"))
            services.assessments.keep_result(record, text, draft.scope.as_of)
            return record.label

        task = self._context.run(t("assessment.keep"), work)
        task.succeeded.connect(self._on_kept)

    @Slot(object)
    def _on_kept(self, name: str) -> None:
        self._context.shell.show_toast(t("assessment.kept", name=name))
