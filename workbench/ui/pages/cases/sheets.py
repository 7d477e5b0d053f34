# SPDX-License-Identifier: MIT
"""Own cases from an Excel workbook: the blank sheets, what a filled one brings, and taking it."""

from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from workbench.application.cases.sheets import CaseSheets, ReadCases
from workbench.application.ports import Progress, Texts
from workbench.domain.findings import UserError
from workbench.ui.context import UiContext
from workbench.ui.errors import sentence
from workbench.ui.file_dialogs import choose_file, choose_target
from workbench.ui.texts import t, texts_in_use
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row

_BOOK = "*.xlsx"


class SheetDialog(Dialog):
    """Shows what a filled workbook brings, or every mistake by sheet and cell, before it is taken.

    ``taken`` carries the ids of the cases that were taken.
    """

    taken = Signal(list)

    def __init__(self, context: UiContext, read: ReadCases, name: str) -> None:
        title = t("case_actions.sheet", name=name)
        super().__init__(context.shell.dialog_host, title, width=760, height=480)
        self._sheets, self._read = context.services.case_work.sheets, read
        wrong, new = len(read.problems), [c for c in read.forms if c not in read.known]
        key = "sheet_wrong" if wrong else "sheet_text"
        counts = {"wrong": wrong, "n": len(read.forms), "new": len(new), "known": len(read.known)}
        self.body.addWidget(Label(t(f"case_actions.{key}", **counts), wrap=True))
        self.table = self._problems() if wrong else self._cases()
        self.body.addWidget(self.table, 1)
        self.add_cancel()
        self.new = self.add_button(t("case_actions.take_new", n=len(new)))
        self.new.setEnabled(bool(new) and bool(read.known) and not wrong)
        self.new.clicked.connect(partial(self._take, update=False))
        self.all = self.add_button(t("case_actions.take_all", n=len(read.forms)), "primary")
        self.all.setEnabled(bool(read.forms) and not wrong)
        self.all.clicked.connect(partial(self._take, update=True))

    def _cases(self) -> ReadTable:
        columns = (Column(t("case_actions.pack_case"), share=4),
                   Column(t("case_actions.pack_state"), width=160))  # fmt: skip
        table = ReadTable(t("case_actions.pack_case"), columns, fits=False)
        rows = []
        for code, form in self._read.forms.items():
            name = form["case"][0].get("name_zh", "") if form.get("case") else ""
            known = code in self._read.known
            state = t("case_packs.state.changed" if known else "case_packs.state.new")
            tone = "warn" if known else "success"
            rows.append(Row(code, (Cell(f"{code}  {name}"), Cell(state, tone=tone, pill=True))))
        table.set_rows(rows)
        return table

    def _problems(self) -> ReadTable:
        columns = (Column(t("case_actions.sheet_place"), width=200),
                   Column(t("case_actions.sheet_problem"), share=4))  # fmt: skip
        table = ReadTable(t("case_actions.sheet_problem"), columns, fits=False)
        table.set_rows(
            [
                Row(f"{at}", (Cell(f"{p.sheet}  {p.cell}", strong=True), Cell(p.words)))
                for at, p in enumerate(self._read.problems)
            ]
        )
        return table

    def _take(self, _checked: bool = False, *, update: bool) -> None:
        try:
            self._sheets.take(self._read, update=update)
        except UserError as error:
            self.refuse(sentence(error))
            return
        codes = [c for c in self._read.forms if update or c not in self._read.known]
        self.close_dialog()
        self.taken.emit(codes)


class CaseSheetActions(QObject):
    """``shown`` carries the id of a case that is to be shown."""

    shown = Signal(str)

    def __init__(self, context: UiContext, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page

    @Slot()
    def ask(self) -> None:
        """Ask for a filled workbook and look at it."""
        if path := choose_file(self._page, t("case_actions.import_sheet"), _BOOK):
            self.look_at(path)

    def look_at(self, path: str) -> None:
        """Read a workbook off the window's thread and show what it brings."""
        work = partial(_look, self._context.services.case_work.sheets, path, texts_in_use())
        task = self._context.run(t("case_actions.import_sheet"), work)
        task.succeeded.connect(partial(self._on_read, path))

    def _on_read(self, path: str, read: ReadCases) -> None:
        name = path.replace("\\", "/").rpartition("/")[2]
        dialog = SheetDialog(self._context, read, name)
        dialog.taken.connect(self._on_taken)
        dialog.open()

    @Slot(list)
    def _on_taken(self, codes: list[str]) -> None:
        self._context.shell.show_toast(t("case_work.taken", count=len(codes)))
        if codes:
            self.shown.emit(codes[0])

    @Slot()
    def ask_blank(self) -> None:
        """Ask where the blank sheets go and write them."""
        name = t("case_actions.blank_name")
        target = choose_target(self._page, t("case_actions.blank_sheet"), f"{name}.xlsx", _BOOK)
        if target:
            self.write_blank(target)

    def write_blank(self, target: str) -> None:
        """Write the blank sheets to a place."""
        try:
            self._context.services.case_work.sheets.write(target, texts_in_use())
        except UserError as error:
            self._context.shell.show_error(error)
            return
        self._context.shell.show_toast(t("case_work.template_written", path=target))


def _look(sheets: CaseSheets, path: str, texts: Texts, _progress: Progress) -> ReadCases:
    return sheets.look(path, texts)
