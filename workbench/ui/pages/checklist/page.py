# SPDX-License-Identifier: MIT
"""The checklist page (盘活清单): stages, items with evidence, and everything about one item."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from workbench.application.checklist.sheet import ChecklistSheet
from workbench.domain.checklist.state import ItemState, ItemStatus
from workbench.domain.checklist.template import Stage
from workbench.domain.findings import RefusedError, UserError
from workbench.domain.overriding import override
from workbench.domain.records.changes import ChangeSet
from workbench.ui.context import UiContext
from workbench.ui.errors import sentence
from workbench.ui.pages.checklist.acts import ItemActs
from workbench.ui.pages.checklist.assessment import AssessmentActs
from workbench.ui.pages.checklist.comments import drafts_of
from workbench.ui.pages.checklist.items import status_menu
from workbench.ui.pages.checklist.lines import ItemLine, Narrowing, Wanted, all_lines
from workbench.ui.pages.checklist.list import ItemsPane
from workbench.ui.pages.checklist.many import Act, ManyDialog, many_menu
from workbench.ui.pages.checklist.more import MoreMenu
from workbench.ui.pages.checklist.panel import PANEL_WIDTH, ItemPanel
from workbench.ui.pages.checklist.sound import SoundCheck
from workbench.ui.pages.checklist.stages import StagePane
from workbench.ui.pages.evidence.files import EvidenceFiles
from workbench.ui.pages.page import Page
from workbench.ui.texts import t
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.empty_state import EmptyState
from workbench.ui.widgets.side_by_side import SideBySide

_FOLLOWED = frozenset(
    {
        "assessment",
        "checklist_item",
        "evidence",
        "park",
        "parcel",
        "encumbrance",
        "building",
        "checklist_comment",
    }
)
_NEEDS = 980


class ChecklistPage(Page):
    """Works on the checklist of one assessment; every change is an operation that undo knows."""

    KEY = "checklist"
    ICON = "list-checks"

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self._sheet: ChecklistSheet | None = None
        self._all: tuple[ItemLine, ...] = ()
        self._refused: dict[str, str] = {}
        self._files = EvidenceFiles(context, self)
        self._stack = QStackedWidget()
        self._empty = EmptyState(
            t("checklist.empty_title"), t("checklist.empty_text"), action=t("checklist.start")
        )
        self._no_park = EmptyState(
            t("checklist.no_park_title"),
            t("checklist.no_park_text"),
            action=t("checklist.to_ledger"),
        )
        self._no_park.action_clicked.connect(self._on_to_ledger)
        self.stages = StagePane()
        self._whole = AssessmentActs(context, self.stages, self)
        self._empty.action_clicked.connect(self._whole.start)
        self.more = MoreMenu(context, self)
        self.more.item_asked.connect(self.show_target)
        kept = context.memory.get(self.KEY)
        self.list = ItemsPane(kept if isinstance(kept, Narrowing) else Narrowing())
        self.items, self.filters, self.many = self.list.items, self.list.filters, self.list.many
        self._drafts = drafts_of(context)
        self.panel = ItemPanel(context, self._drafts)
        self._acts = ItemActs(context, self.panel, self)
        self._sound = SoundCheck(context, self)
        self._stack.addWidget(self._body())
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._no_park)
        self.column.addWidget(self._stack)
        self.setFocusProxy(self.items)
        self._connect()
        self._reload()

    @override
    def show_target(self, target: str) -> None:
        """Show the item or the assessment that a link names."""
        kind, _, key = target.rpartition(":")
        if kind == "assessment":
            self.context.choose_assessment(key)
        item = self._sheet.template.find(key) if self._sheet else None
        if item is not None:
            self.list.reveal(item.id, item.stage)
            self.items.setFocus()

    @override
    def top_actions(self) -> list[QWidget]:
        return [self.more.button]

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._sheet is not None:
            self._sound.anew(self._sheet, self.items.current_key())

    @override
    def leave(self) -> None:
        self.panel.commit()

    @override
    def badge(self) -> tuple[str, str]:
        late = len(self._ids(Wanted.OVERDUE)) if self._sheet else 0
        return (str(late), "warn") if late else ("", "neutral")

    def toggle_detail(self) -> None:
        """Show or hide the panel of the item."""
        self.side.toggle_detail()

    def focus_detail(self) -> None:
        """Move the focus into the panel of the item."""
        self.side.open_detail()
        self.panel.status.setFocus()

    def next_problem(self) -> None:
        """Show the next item that is late, an open red line, or one whose evidence is gone."""
        if self._sheet is None:
            return
        late = self._ids(Wanted.OVERDUE) | self._ids(Wanted.UNSOUND)
        red = {i for summary in self._sheet.stages() for i in summary.closed_by}
        order = [item.id for item in self._sheet.items]
        current = self.items.current_key()
        at = order.index(current) + 1 if current in order else 0
        for item_id in (*order[at:], *order[:at]):
            if item_id in late | red:
                self.show_target(item_id)
                return

    def sheet(self) -> ChecklistSheet | None:
        """Return the checklist."""
        return self._sheet

    def set_status(self, item_id: str, status: ItemStatus) -> None:
        """Set the status of an item; 不适用 without a reason asks for it first."""
        if self._sheet is None:
            return
        state = self._sheet.state(item_id)
        self.items.choose(item_id)
        if status is ItemStatus.NOT_APPLICABLE and not state.reason:
            self.side.open_detail()
            self.panel.ask_reason()
            return
        self._on_state_wanted(replace(state, status=status))

    def _body(self) -> QWidget:
        """Return the three panes."""
        body = Box("surface", horizontal=True)
        body.add(self.stages)
        body.add(self.list, 1)
        self.side = SideBySide(
            body, self.panel, t("checklist.detail"), width=PANEL_WIDTH, needs=_NEEDS
        )
        return self.side

    def _connect(self) -> None:
        self.stages.stage_chosen.connect(self._on_stage)
        self._acts.refused.connect(self._refuse)
        self._acts.granted.connect(self._on_granted)
        self.panel.waiting.item_asked.connect(self.show_target)
        self.list.narrowed_anew.connect(self._on_narrowed)
        self.items.line_chosen.connect(self._on_item)
        self.items.status_asked.connect(self._on_status_asked)
        self.items.doubleClicked.connect(self.side.open_detail)
        self.items.done_asked.connect(self._on_done_asked)
        self.many.clicked.connect(self._on_many)
        self.panel.state_wanted.connect(self._on_state_wanted)
        evidence = self.panel.evidence
        evidence.attach_asked.connect(self._on_attach)
        self._files.serve(evidence)
        evidence.remove_asked.connect(self._on_remove)
        self.context.park_chosen.connect(self._reload)
        self.context.assessment_chosen.connect(self._reload)
        self._sound.altered.connect(self._reload)
        self.context.changed.connect(self._on_changed)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self.filters.look)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    @Slot()
    def _reload(self) -> None:
        """Read the chosen assessment of the park anew and show it."""
        park = self.context.park_key
        known = self.context.services.assessments.of_park(park) if park else ()
        chosen = next((r for r in known if r.key == self.context.assessment_key), None)
        record = chosen or (known[-1] if known else None)
        self._stack.setCurrentIndex(0 if record else 1 if park else 2)
        if record is None:
            self._sheet = None
            self._whole.work_on(None)
            self.more.work_on(None)
            return
        self.context.choose_assessment(record.key)
        self._sheet = self.context.services.ticking.sheet(record)
        self._whole.work_on(self._sheet)
        self.more.work_on(record)
        self.stages.set_assessments(known, record.key)
        self._show()
        self._sound.begin(self._sheet, self.items.current_key())

    def _show(self) -> None:
        """Show the sheet: progress, the items of the stage, the current one."""
        if self._sheet is None:
            return
        user = self.context.program.settings.name_of_user()
        self._all = all_lines(self._sheet, self.context.program.today(), self._refused, user)
        self.list.set_lines(self._sheet, self._all)
        self.stages.set_sheet(self._sheet, self.list.matches())
        self.stages.choose_stage(self.list.narrowing.stage)
        self.stages.set_closed(sum(not opening.open for opening in self._sheet.openings))
        self.panel.setEnabled(bool(self.items.lines()))
        self._show_item()

    def _ids(self, wanted: Wanted) -> set[str]:
        """Return the items of all stages that a filter would show."""
        return {line.item.id for line in self._all if wanted in line.fits}

    def _show_item(self) -> None:
        current = self.items.current_key()
        line = next((x for x in self.items.lines() if x.item.id == current), None)
        if line is not None and self._sheet is not None:
            self.panel.set_line(line, self._sheet)
            self._acts.show(self._sheet, line.item.id)

    @Slot(object)
    def _on_changed(self, changes: ChangeSet) -> None:
        if any(change.entity in _FOLLOWED for change in changes.records):
            self._reload()

    @Slot(str)
    def _on_stage(self, stage: str) -> None:
        self.list.choose_stage(Stage(stage) if stage else None)

    @Slot()
    def _on_narrowed(self) -> None:
        self.context.memory[self.KEY] = self.list.narrowing
        self._show()

    @Slot(str)
    def _on_item(self, item_id: str) -> None:
        if self._refused and item_id not in self._refused:
            self._refused = {}
            self._show()
        self._show_item()

    @Slot(str, QPoint)
    def _on_status_asked(self, item_id: str, place: QPoint) -> None:
        chosen = self.items.chosen_items()
        if len(chosen) > 1 and item_id in chosen:
            self._pop_up(many_menu(self), self._on_act_picked, place)
        else:
            self._pop_up(status_menu(self, item_id), self._on_status_picked, place)

    def _pop_up(self, menu: QMenu, picked: Callable[[QAction], None], place: QPoint) -> None:
        menu.triggered.connect(picked)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)

    @Slot(QAction)
    def _on_status_picked(self, action: QAction) -> None:
        item_id, status = action.data()
        self.set_status(item_id, ItemStatus(status))

    @Slot(QAction)
    def _on_act_picked(self, action: QAction) -> None:
        chosen = self.items.chosen_items()
        if self._sheet is not None and chosen:
            assessment = self._sheet.assessment
            ManyDialog(self.context, assessment, chosen, Act(action.data())).open()

    @Slot()
    def _on_many(self) -> None:
        corner = self.many.mapToGlobal(QPoint(0, self.many.height()))
        self._pop_up(many_menu(self), self._on_act_picked, corner)

    @Slot(str)
    def _on_done_asked(self, item_id: str) -> None:
        self.set_status(item_id, ItemStatus.DONE)

    @Slot(object)
    def _on_state_wanted(self, wanted: ItemState) -> None:
        if self._sheet is None:
            return
        self._refused.pop(wanted.item_id, None)
        try:
            self.context.services.ticking.set_state(self._sheet.assessment, wanted.item_id, wanted)
        except UserError as error:
            self._refuse(wanted.item_id, error)

    @Slot(list)
    def _on_attach(self, paths: list[str]) -> None:
        item_id = self.items.current_key()
        if self._sheet is None or not item_id:
            return
        self._refused.pop(item_id, None)
        self._files.attach_to_item(self._sheet, item_id, paths)

    @Slot(str)
    def _on_remove(self, key: str) -> None:
        record = self.context.services.querying.record("evidence", key)
        item_id = self.items.current_key()
        if self._sheet is None or record is None:
            return
        try:
            self.context.services.ticking.detach(self._sheet.assessment, item_id, record)
        except RefusedError as error:
            self._refuse(item_id, error)
            return
        self.context.shell.show_toast(
            t("checklist.removed", name=record.label), t("ui.undo"), self._undo
        )

    @Slot(str)
    def _on_granted(self, item_id: str) -> None:
        self._refused.pop(item_id, None)

    def _undo(self) -> None:
        self.context.rewinding.undo()

    def _refuse(self, item_id: str, error: UserError) -> None:
        """Say beside the item why a wish was not granted; what was typed is set back."""
        self._refused = {item_id: sentence(error)}
        self._show()

    @Slot()
    def _on_to_ledger(self) -> None:
        self.context.shell.go("ledger")
