# SPDX-License-Identifier: MIT
"""The list of problems under the tables, by rule or by record; a row jumps to its cell."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QTreeWidget, QTreeWidgetItem

from workbench.application.imports.words import rule_title
from workbench.application.ledger.editing import CellEdit
from workbench.domain.findings import Finding, Level, UserError
from workbench.ui.context import UiContext
from workbench.ui.look import icons, theme
from workbench.ui.models.park_state import ParkState
from workbench.ui.models.problems import finding_text
from workbench.ui.texts import language, t, texts_in_use
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import Button, IconButton, Segments
from workbench.ui.widgets.label import Label

MOST_LISTED = 500
_HEIGHT = 232
_MARK = 13
"""The side of the mark before a finding (pixels before zoom)."""
_FINDING = Qt.ItemDataRole.UserRole

Fix = tuple[str, str, str, str]
"""Entity, key and field of a cell, and the text that its finding suggests."""


class ProblemList(Box):
    """Follows the park's findings; ``cell_asked`` carries entity, key and field."""

    cell_asked = Signal(str, str, str)

    def __init__(self, context: UiContext) -> None:
        super().__init__("surface", margins=(12, 6, 12, 8), spacing=6)
        self._context = context
        self._state: ParkState | None = None
        self._next = 0
        self.order = Segments(
            [("rule", t("ledger_problems.by_rule")), ("record", t("ledger_problems.by_record"))]
        )
        self.order.chosen.connect(self._show)
        self._count = Label("", "caption")
        self.take = Button(t("ledger_problems.take"), shortcut="Alt+Enter")
        self.take.clicked.connect(self._on_take)
        close = IconButton("x", t("ledger_problems.close"))
        close.clicked.connect(self.hide)
        self.list = QTreeWidget()
        self.list.setHeaderHidden(True)
        self.list.setUniformRowHeights(True)
        self.list.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.list.setIconSize(icons.icon_size(_MARK))
        self.list.setAccessibleName(t("ledger_problems.name"))
        self.list.itemActivated.connect(self._on_activated)
        self.list.itemClicked.connect(self._on_activated)
        self.list.currentItemChanged.connect(self._on_current)
        head = QHBoxLayout()
        head.setSpacing(theme.current().px(8))
        for widget in (Label(t("ledger_problems.name"), "strong"), self.order, self._count):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self.take)
        head.addWidget(close)
        self.content.addLayout(head)
        self.content.addWidget(self.list, 1)
        self.setFixedHeight(theme.current().px(_HEIGHT))
        self.hide()

    def follow(self, state: ParkState) -> None:
        """Show the findings as they are now, while the list is in sight."""
        self._state = state
        if not self.isHidden():
            self._show()

    @Slot()
    def toggle(self) -> None:
        """Show or hide the list."""
        if self.isHidden():
            self.open_list()
        else:
            self.hide()

    def open_list(self) -> None:
        """Show the list with the focus in it."""
        self.show()
        self._show()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def next(self) -> None:
        """Go to the cell of the next problem, the errors first."""
        findings = self._findings()
        if not findings:
            self._context.shell.show_toast(t("ledger.no_problems"))
            return
        finding = findings[self._next % len(findings)]
        self._next += 1
        self.cell_asked.emit(finding.entity, finding.key, finding.field)

    def take_fix(self, fix: Fix) -> None:
        """Write what a finding suggests, as one step."""
        edit = CellEdit(*fix)
        try:
            outcome = self._context.services.editing.edit_cells([edit], "ledger_problems.fix")
        except UserError as error:
            self._context.shell.show_error(error)
            return
        if outcome.refused:
            self._context.shell.show_toast(finding_text(outcome.refused[0].finding))
        else:
            words = t("ledger_problems.taken", value=edit.text)
            self._context.shell.show_toast(words, t("ui.undo"), self._undo)

    def _undo(self) -> None:
        self._context.rewinding.undo()

    def _findings(self) -> list[Finding]:
        if self._state is None:
            return []
        return [finding for finding in self._state.problems.findings if finding.key]

    @Slot()
    def _show(self) -> None:
        """List the findings in groups."""
        findings = self._findings()
        errors = sum(1 for finding in findings if finding.level is Level.ERROR)
        self._count.setText(
            t("ledger_problems.count", errors=errors, warnings=len(findings) - errors)
        )
        kept = self._finding_of(self.list.currentItem())
        self.list.clear()
        groups: dict[str, list[Finding]] = {}
        for finding in findings[:MOST_LISTED]:
            groups.setdefault(self._group(finding), []).append(finding)
        for name, members in groups.items():
            self._add_group(name, members, kept)
        if len(findings) > MOST_LISTED:
            more = t("ledger_problems.more", n=len(findings) - MOST_LISTED)
            self.list.addTopLevelItem(QTreeWidgetItem([more]))
        self._on_current()

    def _group(self, finding: Finding) -> str:
        if self.order.current() == "rule":
            title = rule_title(finding.code, texts_in_use())
            words = title.removeprefix(finding.code[:3]).strip()
            return finding.code if title == finding.code else f"{finding.code} {words}"
        ledger = self._state.ledger if self._state else None
        record = ledger.find(finding.entity, finding.key) if ledger else None
        return ledger.name_of(record) if ledger and record else finding.key[:8]

    def _add_group(self, name: str, members: Iterable[Finding], kept: Finding | None) -> None:
        rows = list(members)
        head = QTreeWidgetItem([t("ledger_problems.group", name=name, n=len(rows))])
        self.list.addTopLevelItem(head)
        for finding in rows:
            row = QTreeWidgetItem([self._words(finding)])
            tone = "danger" if finding.level is Level.ERROR else "warn"
            row.setIcon(0, icons.icon("triangle-alert", tone, _MARK))
            row.setData(0, _FINDING, finding)
            row.setToolTip(0, finding_text(finding))
            head.addChild(row)
            if finding == kept:
                self.list.setCurrentItem(row)
        head.setExpanded(True)

    def _words(self, finding: Finding) -> str:
        ledger = self._state.ledger if self._state is not None else None
        record = ledger.find(finding.entity, finding.key) if ledger is not None else None
        title = ""
        if ledger is not None and finding.field in ledger.catalogue[finding.entity]:
            title = ledger.catalogue[finding.entity][finding.field].title(language())
        name = ledger.name_of(record) if ledger and record else finding.key[:8]
        return t("ledger_problems.row", record=name, column=title, text=finding_text(finding))

    @staticmethod
    def _finding_of(item: QTreeWidgetItem | None) -> Finding | None:
        found = item.data(0, _FINDING) if item is not None else None
        return found if isinstance(found, Finding) else None

    @Slot(QTreeWidgetItem)
    def _on_activated(self, item: QTreeWidgetItem) -> None:
        if (finding := self._finding_of(item)) is not None:
            self.cell_asked.emit(finding.entity, finding.key, finding.field)

    @Slot()
    def _on_current(self) -> None:
        finding = self._finding_of(self.list.currentItem())
        suggestion = finding.suggestion if finding is not None else None
        self.take.setEnabled(suggestion is not None)
        word = t("ledger_problems.take_value", value=suggestion) if suggestion else ""
        self.take.set_text(word or t("ledger_problems.take"))

    @Slot()
    def _on_take(self) -> None:
        finding = self._finding_of(self.list.currentItem())
        if finding is not None and finding.suggestion is not None:
            self.take_fix((finding.entity, finding.key, finding.field, finding.suggestion))
