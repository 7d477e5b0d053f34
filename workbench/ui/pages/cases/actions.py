# SPDX-License-Identifier: MIT
"""What is done to the case library from its page: written, deleted, noted, waived, packed."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPlainTextEdit, QWidget

from workbench.application.cases.notes import CaseNote
from workbench.application.cases.words import contradiction_words
from workbench.domain.cases.case import Case
from workbench.domain.cases.contradictions import Contradiction
from workbench.domain.cases.pack import PackState
from workbench.domain.findings import UserError
from workbench.ui.context import UiContext
from workbench.ui.errors import sentence
from workbench.ui.file_dialogs import choose_file, choose_target
from workbench.ui.look import theme
from workbench.ui.pages.cases.form_dialog import CaseFormDialog
from workbench.ui.pages.cases.sheets import CaseSheetActions
from workbench.ui.texts import language, t, texts_in_use
from workbench.ui.typed.kept_typing import KeptTyping
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row

_PACK = ".casepack"
_TONES = {
    PackState.NEW: "success", PackState.CHANGED: "warn", PackState.SAME: "neutral",
    PackState.SHIPPED: "danger", PackState.SPOILED: "danger",
}  # fmt: skip


class WordsDialog(Dialog):
    """Asks for some words, a note or a reason; ``on_said`` may refuse them with a sentence."""

    def __init__(
        self, context: UiContext, place: str, title: str, about: str, act: str,
        on_said: Callable[[str], object], words: str = "",
    ) -> None:  # fmt: skip
        super().__init__(context.shell.dialog_host, title, width=520)
        self._on_said = on_said
        if about:
            self.body.addWidget(Label(about, wrap=True))
        self.words = QPlainTextEdit(words)
        self.words.setAccessibleName(title)
        self.words.setTabChangesFocus(True)
        self.words.setFixedHeight(theme.current().px(96))
        self.body.addWidget(self.words)
        self.add_cancel()
        self.button = self.add_button(act, "primary")
        self.button.clicked.connect(self._on_button)
        KeptTyping(context, self, place)

    @Slot()
    def _on_button(self) -> None:
        try:
            self._on_said(self.words.toPlainText())
        except UserError as error:
            self.set_note(sentence(error), "danger")
            self.words.setFocus()
            return
        self.close_dialog()


class PackDialog(Dialog):
    """Shows what a pack brings before anything is taken."""

    def __init__(self, context: UiContext, text: str, name: str) -> None:
        self._packs = context.services.case_work.packs
        self._preview = self._packs.look(text, name)
        pack = self._preview.pack
        super().__init__(
            context.shell.dialog_host, t("case_actions.pack", name=pack.name), width=720, height=480
        )
        self._context = context
        counts = self._preview.counts()
        self.body.addWidget(
            Label(
                t("case_actions.pack_text", by=pack.made_by or "—", on=pack.made_on or "—",
                  **{state.value: counts[state] for state in PackState}),
                wrap=True,
            )
        )  # fmt: skip
        columns = (
            Column(t("case_actions.pack_case"), share=4),
            Column(t("case_actions.pack_version"), width=130),
            Column(t("case_actions.pack_state"), width=200),
        )
        table = ReadTable(t("case_actions.pack_case"), columns, fits=False)
        table.set_rows([self._row(line.packed.id) for line in self._preview.lines])
        self.body.addWidget(table, 1)
        self.add_cancel()
        self.new = self.add_button(t("case_actions.take_new", n=counts[PackState.NEW]))
        self.new.setEnabled(bool(counts[PackState.NEW]) and bool(counts[PackState.CHANGED]))
        self.new.clicked.connect(self._on_new)
        both = counts[PackState.NEW] + counts[PackState.CHANGED]
        self.all = self.add_button(t("case_actions.take_all", n=both), "primary")
        self.all.setEnabled(bool(both))
        self.all.clicked.connect(self._on_all)

    def _row(self, code: str) -> Row:
        line = next(line for line in self._preview.lines if line.packed.id == code)
        version = str(line.packed.version)
        if line.ours is not None:
            version = t("case_actions.versions", theirs=line.packed.version, ours=line.ours)
        why = sentence(line.complaint) if line.complaint else ""
        state = t(f"case_packs.state.{line.state.value}")
        return Row(
            code,
            (
                Cell(f"{code}  {line.packed.name}", detail=why),
                Cell(version),
                Cell(state, tone=_TONES[line.state], pill=True),
            ),
        )

    @Slot()
    def _on_new(self) -> None:
        new = [x.packed.id for x in self._preview.lines if x.state is PackState.NEW]
        self._take(new)

    @Slot()
    def _on_all(self) -> None:
        self._take(None)

    def _take(self, ids: list[str] | None) -> None:
        try:
            count = self._packs.take(self._preview, ids)
        except UserError as error:
            self.set_note(sentence(error), "danger")
            return
        self.close_dialog()
        self._context.shell.show_toast(t("case_work.taken", count=count))


class CaseActions(QObject):
    """``shown`` carries the id of a case that is to be shown."""

    shown = Signal(str)

    def __init__(self, context: UiContext, page: QWidget) -> None:
        super().__init__(page)
        self._context = context
        self._page = page
        self.sheets = CaseSheetActions(context, page)
        self.sheets.shown.connect(self.shown)

    def menu(self) -> QMenu:
        """Return what can be done with the library as a whole."""
        menu = QMenu(self._page)
        for key, on_chosen in (
            ("new", self.write_new),
            ("import_pack", self.import_pack),
            ("export_pack", self.export_pack),
            ("import_sheet", self.sheets.ask),
            ("blank_sheet", self.sheets.ask_blank),
        ):
            action = QAction(t(f"case_actions.{key}"), menu)
            action.triggered.connect(on_chosen)
            menu.addAction(action)
        return menu

    @Slot()
    def write_new(self) -> None:
        """Open an empty form."""
        self._open_form("")

    def edit(self, case: Case) -> None:
        """Open the form of an own case."""
        self._open_form(case.id)

    def _open_form(self, code: str) -> None:
        dialog = CaseFormDialog(self._context, code)
        dialog.kept.connect(self.shown)
        dialog.open()

    def remove(self, case: Case) -> None:
        """Delete an own case; the toast takes it back."""
        if self._try(lambda: self._context.services.cases.remove(case.id)):
            words = t("case_actions.removed", name=case.name.get(language()))
            self._context.shell.show_toast(words, t("case_actions.undo"), self._undo)

    def _undo(self) -> None:
        self._context.rewinding.undo()

    def note(self, case: Case, known: CaseNote | None = None) -> None:
        """Ask for a note beside a case, or for other words of one."""
        notes = self._context.services.case_work.notes

        def keep(words: str) -> None:
            if known is None:
                notes.add(case.id, words)
            elif words.strip():
                notes.change(known.key, words)
            else:
                notes.remove(known.key)

        about = t("case_actions.note_about" if known is None else "case_actions.note_change")
        said = known.text if known else ""
        WordsDialog(
            self._context, f"case_note:{case.id}:{known.key if known else ''}",
            t("case_actions.note"), about, t("case_actions.keep"), keep, said,
        ).open()  # fmt: skip

    def waive(self, case: Case, found: Contradiction) -> None:
        """Ask why a contradiction may stand; one that was waived is taken back."""
        notes = self._context.services.case_work.notes
        if found.waiver is not None:
            self._try(lambda: notes.unwaive(case.id, found))
            return
        WordsDialog(
            self._context, f"case_waiver:{case.id}:{found.code}", t("case_actions.waive"),
            contradiction_words(found, texts_in_use()), t("case_actions.waive"),
            lambda words: notes.waive(case.id, found, words),
        ).open()  # fmt: skip

    @Slot()
    def export_pack(self) -> None:
        """Write all own cases as one file."""
        name = self._context.services.name.rpartition(".")[0] or "cases"
        target = choose_target(
            self._page, t("case_actions.export_pack"), name + _PACK, f"*{_PACK}"
        )  # fmt: skip
        if target:
            self.export_pack_to(target)

    def export_pack_to(self, target: str) -> None:
        """Write all own cases to a place."""

        def write() -> None:
            text, count = self._context.services.case_work.packs.pack(
                target.replace("\\", "/").rpartition("/")[2].removesuffix(_PACK)
            )
            self._context.program.write_text(target, text)
            self._context.shell.show_toast(t("case_work.packed", count=count, path=target))

        self._try(write)

    @Slot()
    def import_pack(self) -> None:
        """Ask for a pack and show what it brings."""
        path = choose_file(self._page, t("case_actions.import_pack"), f"*{_PACK}")
        if path:
            self.look_at_pack(path)

    def look_at_pack(self, path: str) -> None:
        """Show what a pack brings."""

        def look() -> None:
            name, text = self._context.program.read_text(path)
            PackDialog(self._context, text, name).open()

        self._try(look)

    def _try(self, deed: Callable[[], object]) -> bool:
        try:
            deed()
        except UserError as error:
            self._context.shell.show_error(error)
            return False
        return True
