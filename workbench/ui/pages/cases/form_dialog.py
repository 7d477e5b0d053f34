# SPDX-License-Identifier: MIT
"""The form in which an own case is written or changed; what was typed survives closing it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QStackedWidget, QWidget

from workbench.application.cases.forms import (
    FormRefusedError,
    choice_words,
    column_title,
    problem_words,
)
from workbench.domain.cases.form import CaseForm, CellKind, FormColumn, FormProblem, FormSection
from workbench.domain.findings import UserError
from workbench.ui.context import UiContext
from workbench.ui.errors import sentence
from workbench.ui.texts import language, t, texts_in_use
from workbench.ui.typed.kept_typing import KeptTyping
from workbench.ui.widgets.box import Box, ScrollPage
from workbench.ui.widgets.buttons import Tabs
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.rows_editor import CellSpec, RowsEditor

_NEVER_BLANK = frozenset({"stated", "status"})
_TABS = {
    "case": ("case", "features"),
    "facts": ("facts",),
    "steps": ("steps", "mechanisms", "actors"),
    "lessons": ("preconditions", "borrow", "do_not_copy", "not_stated", "inferred_checks"),
    "sources": ("sources",),
}
"""Which sections stand on which tab."""


class CaseFormDialog(Dialog):
    """Writes a new case, or changes the own one with an id; ``kept`` carries the id."""

    kept = Signal(str)

    def __init__(self, context: UiContext, replaces: str = "") -> None:
        title = t("case_form.edit" if replaces else "case_form.new", code=replaces)
        super().__init__(context.shell.dialog_host, title, width=1040, height=700)
        self._context = context
        self._replaces = replaces
        self._forms = context.services.case_work.forms
        self._start = self._forms.open(replaces) if replaces else self._forms.blank()
        form = self._start
        self.sections = {section.key: section for section in self._forms.sections()}
        self.editors: dict[str, RowsEditor] = {}
        self.tabs = Tabs([(key, t(f"case_form.tab.{key}")) for key in _TABS])
        self.tabs.chosen.connect(self._on_tab)
        self._pages = QStackedWidget()
        for keys in _TABS.values():
            self._pages.addWidget(self._page(keys, form))
        self.both = QCheckBox(t("case_form.both"))
        self.both.setToolTip(t("case_form.both_tip"))
        self.both.setChecked(not language().startswith("zh") or _has_english(form))
        self.both.toggled.connect(self._on_both)
        self._on_both()
        head = Box("plain", horizontal=True, spacing=12)
        head.add(self.tabs)
        head.add_stretch()
        head.add(self.both)
        self.body.addWidget(head)
        self.body.addWidget(self._pages, 1)
        self.add_cancel()
        self.save = self.add_button(t("case_form.keep"), "primary")
        self.save.clicked.connect(self._on_save)
        kept = KeptTyping(context, self, f"case_form:{replaces}", self.form, self.set_form)
        for editor in self.editors.values():
            editor.changed.connect(kept.keep)

    def set_form(self, form: CaseForm) -> None:
        """Show another form in the cells."""
        for key, editor in self.editors.items():
            editor.set_rows(form.get(key, []))
        if _has_english(form):
            self.both.setChecked(True)

    def form(self) -> CaseForm:
        """Return what the form says."""
        return {key: editor.values() for key, editor in self.editors.items()}

    def _page(self, keys: tuple[str, ...], form: CaseForm) -> QWidget:
        page = ScrollPage("surface", margins=(2, 6, 12, 12), spacing=10)
        for key in keys:
            section = self.sections[key]
            page.add(Label(t(f"case_form.section.{key}"), "section"))
            page.add(Label(t(f"case_form.about.{key}"), "caption", wrap=True))
            editor = RowsEditor(
                self._specs(section), form.get(key, []), section.blank(), single=section.single
            )
            self.editors[key] = editor
            page.add(editor)
        page.content.addStretch(1)
        return page

    def _specs(self, section: FormSection) -> list[CellSpec]:
        return [spec for column in section.columns for spec in self._cells(section, column)]

    def _cells(self, section: FormSection, column: FormColumn) -> list[CellSpec]:
        texts, content = texts_in_use(), self._context.services.content
        title = column_title(section, column, texts)
        marked = t("case_form.required", title=title) if column.required else title
        words = tuple((c, choice_words(column, c, content, texts)) for c in column.choices)
        if column.kind is CellKind.CHOICE and column.key not in _NEVER_BLANK:
            blank = "not_said" if section.key == "features" else "none"
            words = (("", t(f"case_form.{blank}")), *words)
        tip = f"case_form.tip.{column.key}"
        wide = column.kind is CellKind.LONG
        specs = []
        for cell in column.cells:
            second = cell.endswith("_en")
            specs.append(
                CellSpec(
                    cell,
                    t("case_form.in_english", title=title) if second else marked,
                    column.kind.value,
                    words,
                    t(tip) if texts.has(tip) else "",
                    wide,
                    second,
                )
            )
        return specs

    @Slot(str)
    def _on_tab(self, key: str) -> None:
        self._pages.setCurrentIndex(list(_TABS).index(key))

    @Slot()
    def _on_both(self) -> None:
        for editor in self.editors.values():
            editor.show_second(self.both.isChecked())

    @Slot()
    def _on_save(self) -> None:
        """Keep the case, or show every mistake at its cell and go to the first."""
        self._complain(())
        try:
            case = self._forms.keep(self.form(), self._replaces)
        except FormRefusedError as error:
            self._complain(error.problems)
            self.set_note(t("case_form.refused", count=len(error.problems)), "danger")
            return
        except UserError as error:
            self.set_note(sentence(error), "danger")
            return
        self.close_dialog()
        self.kept.emit(case.id)

    def _complain(self, problems: tuple[FormProblem, ...]) -> None:
        texts = texts_in_use()
        said: dict[str, dict[int, dict[str, str]]] = {}
        loose: list[str] = []
        for problem in problems:
            words = problem_words(problem, texts)
            row = max(problem.row, 1)
            rows = self.editors[problem.section].rows if problem.section in self.editors else []
            if row <= len(rows) and problem.column in rows[row - 1].editors:
                said.setdefault(problem.section, {}).setdefault(row, {})[problem.column] = words
            else:
                loose.append(words)
        first: QWidget | None = None
        for tab, keys in _TABS.items():
            count = 0
            for key in keys:
                here = said.get(key, {})
                count += sum(len(cells) for cells in here.values())
                cell = self.editors[key].complain(here)
                if cell is not None and first is None:
                    first = cell
                    self.tabs.set_current(tab)
                    self._on_tab(tab)
            name = t(f"case_form.tab.{tab}")
            self.tabs.set_text(tab, f"{name} ({count})" if count else name)
        if first is not None:
            first.setFocus()
        elif loose:
            self.set_note(loose[0], "danger")


def _has_english(form: CaseForm) -> bool:
    return any(
        value for rows in form.values() for row in rows for key, value in row.items()
        if key.endswith("_en")
    )  # fmt: skip
