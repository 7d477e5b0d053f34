# SPDX-License-Identifier: MIT
"""The case library page (案例库): find a case, read it with its gaps, compare with it."""

from collections.abc import Mapping

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from workbench.application.cases.library import ENTITIES
from workbench.application.cases.notes import CaseNote
from workbench.domain.cases.case import Case
from workbench.domain.cases.contradictions import contradictions
from workbench.domain.findings import UserError
from workbench.domain.overriding import override
from workbench.domain.records.changes import ChangeSet
from workbench.ui.context import UiContext
from workbench.ui.errors import sentence
from workbench.ui.look import theme
from workbench.ui.pages.cases.actions import CaseActions
from workbench.ui.pages.cases.detail import CaseDetail
from workbench.ui.pages.cases.filters import CaseFilters
from workbench.ui.pages.cases.list import CaseLine, CaseList
from workbench.ui.pages.page import Page
from workbench.ui.texts import language, t
from workbench.ui.widgets.banner import Banner
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.empty_state import EmptyState
from workbench.ui.widgets.hairline import Hairline
from workbench.ui.widgets.label import Label

_PAINTED_FIRST_MS = 50
_LIST_WIDTH = 392
_LIST_SHARE = 0.4


class CasesPage(Page):
    """Shows the shipped cases and the own ones; the shipped ones are only read."""

    KEY = "cases"
    ICON = "library"

    def __init__(self, context: UiContext) -> None:
        super().__init__(context)
        self._cases: dict[str, Case] = {}
        self._is_reading = False
        self._wanted = ""
        self._notes: dict[str, tuple[CaseNote, ...]] = {}
        self.actions_ = CaseActions(context, self)
        self.filters = CaseFilters(context.services.content)
        self.list = CaseList()
        self.detail = CaseDetail()
        self._count = Label("", "caption")
        self._count.setContentsMargins(16, 0, 16, 8)
        self._nothing = EmptyState(
            t("cases.nothing"), t("cases.nothing_text"), action=t("cases.clear_filters"), width=280
        )
        self._nothing.setObjectName("surface")
        self._nothing.action_clicked.connect(self.filters.clear)
        self._lists = QStackedWidget()
        self._lists.addWidget(self.list)
        self._lists.addWidget(self._nothing)
        self._left = Box("panelLeft", margins=(0, 0, 1, 0))
        self._left.add(self.filters)
        self.more = Button(t("case_actions.more"), icon="plus")
        self.more.clicked.connect(self._on_more)
        holder = Box("surface", horizontal=True, margins=(16, 0, 16, 8))
        holder.add(self.more)
        holder.add_stretch()
        self._left.add(holder)
        self._spoiled = Banner("", "warn", title=t("cases.left_out"))
        self._left.add(self._spoiled)
        self._left.add(self._count)
        self._left.add(Hairline())
        self._left.add(self._lists, 1)
        body = Box("surface", horizontal=True)
        body.add(self._left)
        body.add(self.detail, 1)
        self.column.addWidget(body)
        self.setFocusProxy(self.list)
        self._connect()
        self._read_cases()
        self._on_theme()

    @override
    def show_target(self, target: str) -> None:
        """Show the case that a link names."""
        case_id = target.rpartition(":")[2]
        self._wanted = case_id if self._is_reading else ""
        if case_id not in self._cases:
            return
        if not self.list.choose(case_id):
            self.filters.clear()
            self.list.choose(case_id)
        self.list.setFocus()

    @override
    def badge(self) -> tuple[str, str]:
        return str(len(self._cases)), "neutral"

    def _connect(self) -> None:
        self.filters.changed.connect(self._show)
        self.list.line_chosen.connect(self._on_case)
        self.detail.compare_asked.connect(self._on_compare)
        self.detail.match_asked.connect(self._on_match)
        self.detail.copy_asked.connect(self._on_copy)
        self.detail.edit_asked.connect(self._on_edit)
        self.detail.remove_asked.connect(self._on_remove)
        self.detail.note_asked.connect(self._on_note)
        self.detail.waive_asked.connect(self._on_waive)
        self.actions_.shown.connect(self.show_target)
        self.context.assessed.changed.connect(self._show)
        self.context.assessed.comparison_changed.connect(self._show)
        self.context.changed.connect(self._on_changed)
        theme.current().theme_changed.connect(self._on_theme)

    def _read_cases(self) -> None:
        """Show what is there; a large library is read off this thread and shown when it is."""
        library = self.context.services.cases
        self._show_cases(library.at_hand())
        if not library.is_read and not self._is_reading:
            self._is_reading = True
            self._show()
            QTimer.singleShot(_PAINTED_FIRST_MS, self, self._read_the_rest)

    @Slot()
    def _read_the_rest(self) -> None:
        task = self.context.run(t("cases.reading"), self.context.services.cases.read_all)
        task.finished.connect(self._on_read)

    @Slot()
    def _on_read(self) -> None:
        """Show the whole library, or only the shipped cases when reading was stopped."""
        self._is_reading = False
        self._show_cases(self.context.services.cases.at_hand())
        if self._wanted:
            self.show_target(self._wanted)

    def _show_cases(self, cases: Mapping[str, Case]) -> None:
        services = self.context.services
        self._cases = dict(cases)
        notes: dict[str, list[CaseNote]] = {}
        for note in services.case_work.notes.notes():
            notes.setdefault(note.case_id, []).append(note)
        self._notes = {code: tuple(said) for code, said in notes.items()}
        unread = services.cases.left_out() if services.cases.is_read else ()
        left_out = [f"{each.id}：{sentence(each.complaint)}" for each in unread]
        self._spoiled.set_notice("\n".join(left_out), title=t("cases.left_out"))
        self._spoiled.setVisible(bool(left_out))
        words = {code: tuple(n.text for n in said) for code, said in self._notes.items()}
        self.filters.set_cases(self._cases.values(), words)
        self._show()

    @Slot()
    def _show(self) -> None:
        """Show the cases that fit, the best match first once something was assessed."""
        lines = [self._line(case) for case in self._cases.values() if self.filters.accepts(case)]
        if self.context.assessed.draft is not None:
            lines.sort(key=lambda line: -(line.standing or 0))
        words = t("cases.shown_n", n=len(lines), total=len(self._cases))
        self._count.setText(words + (t("cases.still_reading") if self._is_reading else ""))
        self._lists.setCurrentIndex(0 if lines else 1)
        self.detail.body.setVisible(bool(lines))
        self.list.set_lines(lines)
        self._on_case(self.list.current_key())

    def _line(self, case: Case) -> CaseLine:
        compared = case.id in self.context.assessed.compared
        draft = self.context.assessed.draft
        match = next((m for m in draft.matches if m.case.id == case.id), None) if draft else None
        if match is None:
            return CaseLine(case, compared=compared)
        return CaseLine(case, match.standing, match.well_founded, compared)

    @Slot(str)
    def _on_case(self, case_id: str) -> None:
        if case_id:
            compared = case_id in self.context.assessed.compared
            self.detail.set_case(
                self._cases[case_id],
                compared=compared,
                match=self._match_words(case_id),
                notes=self._notes.get(case_id, ()),
            )

    def _match_words(self, case_id: str) -> str:
        draft = self.context.assessed.draft
        match = next((m for m in draft.matches if m.case.id == case_id), None) if draft else None
        if match is None:
            return ""
        words = t(
            "cases.match_words",
            standing=f"{match.standing:.0%}",
            similarity=f"{match.similarity:.0%}",
            coverage=f"{match.coverage:.0%}",
        )
        return words if match.well_founded else words + t("cases.thin")

    @Slot()
    def _on_compare(self) -> None:
        case = self.detail.case()
        if case is None:
            return
        wanted = case.id not in self.context.assessed.compared
        self.context.assessed.compare(case.id, wanted)
        if wanted:
            self.context.shell.show_toast(
                t("cases.taken", name=case.name.get(language())),
                t("cases.to_match"),
                self._on_match,
            )

    @Slot()
    def _on_copy(self) -> None:
        """Make the case shown an own one and show that."""
        case = self.detail.case()
        if case is None:
            return
        try:
            copied = self.context.services.cases.copy(case.id)
        except UserError as error:
            self.context.shell.show_error(error)
            return
        self.show_target(copied.id)
        words = t("cases.copied", code=copied.id, name=copied.name.get(language()))
        self.context.shell.show_toast(words)

    @Slot()
    def _on_more(self) -> None:
        menu = self.actions_.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    @Slot()
    def _on_edit(self) -> None:
        if case := self.detail.case():
            self.actions_.edit(case)

    @Slot()
    def _on_remove(self) -> None:
        if case := self.detail.case():
            self.actions_.remove(case)

    @Slot(str)
    def _on_note(self, key: str) -> None:
        if case := self.detail.case():
            said = self._notes.get(case.id, ())
            self.actions_.note(case, next((note for note in said if note.key == key), None))

    @Slot(int)
    def _on_waive(self, place: int) -> None:
        if case := self.detail.case():
            self.actions_.waive(case, contradictions(case)[place])

    @Slot()
    def _on_match(self) -> None:
        case = self.detail.case()
        self.context.shell.go("assessment", f"match:{case.id}" if case else "match")

    @Slot(object)
    def _on_changed(self, changes: ChangeSet) -> None:
        if any(change.entity in ENTITIES for change in changes.records):
            self._read_cases()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._on_theme()

    @Slot()
    def _on_theme(self) -> None:
        wanted = theme.current().px(_LIST_WIDTH)
        self._left.setFixedWidth(min(wanted, round(self.width() * _LIST_SHARE)))
