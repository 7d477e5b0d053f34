# SPDX-License-Identifier: MIT
"""What a checklist package that is new here would bring, before anything is taken."""

from collections import Counter

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from workbench.application.checklist.handing_over import NewPackage
from workbench.domain.checklist.state import ItemState
from workbench.ui.texts import language, t
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row


class PackageDialog(Dialog):
    """Lists assessment, park and every item that somebody worked on; ``agreed`` opens it."""

    agreed = Signal()

    def __init__(self, host: QWidget, new: NewPackage) -> None:
        assessment = new.package.assessment
        title = t("checklist_more.open_title", name=str(assessment.get("name") or ""))
        super().__init__(host, title, width=900, height=600)
        self.body.addWidget(Label(_about(new), wrap=True, selectable=True))
        columns = [
            Column(t("checklist_window.column.item"), share=4),
            Column(t("checklist.status"), 104),
            Column(t("checklist_form.column.evidence"), 112, right=True),
            Column(t("checklist.owner"), 96),
            Column(t("checklist.due"), 104),
            Column(t("checklist.note"), share=2),
        ]
        self.table = ReadTable(title, columns, fits=False)
        files = Counter(file.item_id for file in new.package.files)
        order = {item.id: at for at, item in enumerate(new.template.items)}
        states = [s for s in new.package.states.values() if s.item_id in order]
        states.sort(key=lambda state: order[state.item_id])
        self.table.set_rows([_row(new, state, files[state.item_id]) for state in states])
        self.body.addWidget(self.table, 1)
        self.add_cancel()
        self.open_it = self.add_button(t("checklist_more.open_it"), "primary")
        self.open_it.clicked.connect(self._on_open)

    @Slot()
    def _on_open(self) -> None:
        self.close_dialog()
        self.agreed.emit()


def _about(new: NewPackage) -> str:
    """Return what comes with the package, and what will be made for it."""
    package = new.package
    key = "park_known" if new.park_known else "park_new"
    park = str(package.park.get("name") or package.park.get("code") or package.park["key"])
    words = t(
        "checklist_more.open_text",
        as_of=str(package.assessment.get("as_of") or ""),
        version=new.template.version,
        items=len(package.states),
        files=len(package.files),
        comments=len(package.comments),
    )
    return words + t(f"checklist_more.{key}", park=park)


def _row(new: NewPackage, state: ItemState, files: int) -> Row:
    item = new.template.find(state.item_id)
    title = item.title.get(language()) if item else ""
    said = state.reason or state.note
    cells = (
        Cell(f"{state.item_id}  {title}"),
        Cell(t(state.status.text_key)),
        Cell(str(files)),
        Cell(state.owner or "—"),
        Cell(state.due.isoformat() if state.due else "—"),
        Cell(said or "—", tone="text2"),
    )
    return Row(state.item_id, cells)
