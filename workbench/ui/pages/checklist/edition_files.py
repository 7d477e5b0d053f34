# SPDX-License-Identifier: MIT
"""The editions of the checklist as rows, and their way to and from TOML files."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from workbench.domain.checklist.template import Template
from workbench.ui.context import UiContext
from workbench.ui.file_dialogs import choose_file, choose_target
from workbench.ui.texts import t
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row

TOML = "TOML (*.toml)"


def edition_table(name: str, last: Column, *, opens: bool = False) -> ReadTable:
    """Return an empty table of editions whose ``last`` column says what each is used for."""
    columns = (
        Column(t("checklist_work.head.version"), width=140),
        Column(t("checklist_work.head.name"), share=3),
        Column(t("checklist_work.head.count"), width=72, right=True),
        last,
    )
    return ReadTable(name, columns, fits=False, opens=opens)


def edition_rows(context: UiContext, use_of: Callable[[str], str]) -> list[Row]:
    """Return every edition, the shipped one first; ``use_of`` says what a version is used for."""
    rows = []
    for edition in context.services.checklists.editions.all():
        version = edition.template.version
        name = edition.name or t("checklist_work.shipped")
        count = str(len(edition.template.items))
        use = Cell(use_of(version), tone="text2")
        rows.append(Row(version, (Cell(version, strong=True), Cell(name), Cell(count), use)))
    return rows


def write_edition(context: UiContext, parent: QWidget, version: str) -> str:
    """Write an edition to a file that a person chooses; return what was done, "" when nothing."""
    title = t("checklist_more.write_edition")
    path = choose_target(parent, title, f"checklist-{version}.toml", TOML)
    if not path:
        return ""
    text = context.services.checklists.editions.text(version)
    context.program.write_text(path, text)
    return t("checklist_work.edition_written", version=version, path=path)


def add_edition(context: UiContext, parent: QWidget) -> Template | None:
    """Add the edition of a file that a person chooses; None when none was chosen."""
    path = choose_file(parent, t("checklist_more.add_edition"), TOML)
    if not path:
        return None
    name, text = context.program.read_text(path)
    return context.services.checklists.editions.add(text, name)
