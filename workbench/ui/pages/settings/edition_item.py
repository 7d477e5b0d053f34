# SPDX-License-Identifier: MIT
"""The form of one checklist item: wording, weight, stage, red line, pathways, conditions."""

from collections.abc import Mapping

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QWidget

from workbench.domain.checklist.edition_form import CELLS, YES, free_id
from workbench.domain.checklist.template import ALL, SOE, TRANS, Role, Stage
from workbench.domain.condition_names import DERIVED_NAMES
from workbench.domain.conditions import ConditionError, parse
from workbench.domain.content import Content
from workbench.domain.facts.condition_words import condition_words, name_words
from workbench.domain.findings import InputError
from workbench.ui.errors import sentence
from workbench.ui.look import theme
from workbench.ui.texts import language, t, texts_in_use
from workbench.ui.widgets.box import Box, ScrollPage, clear_layout
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.rows_editor import CellSpec, RowEditor

_STAGE = "stage"
_GROUPS = {ALL: "all_pathways", TRANS: "transfers", SOE: "soe"}


class ItemForm(Box):
    """Shows one row of an edition; ``changed`` when something in it was typed or chosen."""

    changed = Signal()

    def __init__(self, content: Content) -> None:
        super().__init__("plain")
        self._specs = _specs(content)
        self._row: dict[str, str] = {}
        self._page = ScrollPage("surface", margins=(2, 2, 12, 8), spacing=8)
        self._gone = Label(t("checklist_editor.gone"), "caption", tone="danger", wrap=True)
        self._holder = Box("plain")
        self._read = Label("", "caption", wrap=True)
        self._insert = Button(t("checklist_editor.insert"), icon="plus")
        self._insert.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._insert.clicked.connect(self._on_insert)
        line = QHBoxLayout()
        line.setSpacing(theme.current().px(12))
        line.addWidget(self._insert, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._read, 1)
        self._page.add(self._gone)
        self._page.add(self._holder)
        self._page.add(line)
        self._page.content.addStretch(1)
        self.add(self._page)
        self.editor = RowEditor(self._specs, {})
        self._condition = "when"

    def set_row(self, row: Mapping[str, str], *, gone: bool = False) -> None:
        """Show a row; one that is left out is only read."""
        self._row = dict(row)
        stage = row["id"].partition("-")[0]
        clear_layout(self._holder.content)
        self.editor = RowEditor(self._specs, self._row | {_STAGE: stage})
        self.editor.changed.connect(self._on_changed)
        for key in ("when", "opens"):
            line = self.editor.editors[key]
            if isinstance(line, QLineEdit):
                line.cursorPositionChanged.connect(self._on_condition)
                line.setObjectName(key)
        self._holder.add(self.editor)
        self.editor.setEnabled(not gone)
        self._insert.setEnabled(not gone)
        self._gone.setVisible(gone)
        self._say_conditions()

    def row(self) -> dict[str, str]:
        """Return what the fields say."""
        values = self.editor.values()
        return self._row | {cell: values[cell] for cell in CELLS if cell in values}

    def complain(self, field: str, error: InputError | None) -> None:
        """Show what is wrong at its field."""
        key = field.partition("[")[0]
        self.editor.complain({key: sentence(error)} if error else {})

    def begin(self) -> None:
        """Put the cursor where an item is named."""
        self.editor.editors["title"].setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_changed(self) -> None:
        """Keep stage and id together: the stage is the first part of the id."""
        values = self.editor.values()
        stage, code = values[_STAGE], values["id"]
        was = self._row["id"].partition("-")[0]
        line, box = self.editor.editors["id"], self.editor.editors[_STAGE]
        if stage != was and code == self._row["id"] and isinstance(line, QLineEdit):
            number = code.partition("-")[2]
            self._row["id"] = code = free_id((), Stage(stage), number)
            line.setText(code)
        elif code != self._row["id"]:
            self._row["id"] = code
            head = code.partition("-")[0]
            if isinstance(box, ChoiceBox) and head in set(Stage) and head != stage:
                box.choose(head)
        self._say_conditions()
        self.changed.emit()

    @Slot()
    def _on_condition(self) -> None:
        sender = self.sender()
        if isinstance(sender, QLineEdit):
            self._condition = sender.objectName()

    def _say_conditions(self) -> None:
        """Say the conditions as people will read them."""
        said = []
        for key in ("when", "opens"):
            if text := self.editor.values().get(key, "").strip():
                try:
                    words = condition_words(parse(text), texts_in_use())
                except ConditionError:
                    continue
                said.append(t(f"checklist_editor.reads_{key}", words=words))
        self._read.setText("\n".join(said) or t("checklist_editor.reads_nothing"))

    @Slot()
    def _on_insert(self) -> None:
        """Offer what the ledger knows, by its name in words."""
        menu = QMenu(self)
        for name in DERIVED_NAMES:
            action = menu.addAction(f"{name_words(name, texts_in_use())}    {name}")
            action.setData(name)
        menu.triggered.connect(self._on_name)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._insert.mapToGlobal(QPoint(0, self._insert.height())))

    @Slot(QAction)
    def _on_name(self, action: QAction) -> None:
        line = self.editor.editors[self._condition]
        if isinstance(line, QLineEdit):
            line.insert(action.data())
            line.setFocus(Qt.FocusReason.OtherFocusReason)

    def field(self, key: str) -> QWidget:
        """Return the editor of a cell."""
        return self.editor.editors[key]


def _specs(content: Content) -> list[CellSpec]:
    """Return the cells in the order in which they stand."""
    stages = tuple((s.value, f"{s.value[1:]}  {t(s.text_key)}") for s in Stage)
    weights = tuple((str(n), str(n)) for n in range(1, 6))
    no_yes = (("", t("ui.no")), (YES, t("ui.yes")))
    roles = tuple((role.value, t(role.text_key)) for role in Role)
    groups = tuple((code, t(f"checklist.{key}")) for code, key in _GROUPS.items())
    paths = tuple((code, code) for code in content.pathways)
    specs = [
        CellSpec("id", _title("id"), tip=t("checklist_editor.id_tip")),
        CellSpec(_STAGE, _title("stage"), "choice", stages),
        CellSpec("weight", _title("weight"), "choice", weights),
    ]
    for key in ("title", "why", "evidence"):
        name = _title(key)
        chinese, english = (t(f"checklist_editor.in_{n}", name=name) for n in ("zh", "en"))
        first = name if language().startswith("zh") else chinese
        specs.append(CellSpec(key, first, "long" if key == "title" else "line", wide=True))
        specs.append(CellSpec(f"{key}_en", english, wide=True))
    return [
        *specs,
        CellSpec("red_line", _title("red_line"), "choice", no_yes),
        CellSpec("blocked_by", _title("blocked_by"), tip=t("checklist_editor.blocked_tip")),
        CellSpec("roles", _title("roles"), "several", roles),
        CellSpec("paths", _title("paths"), "several", (*groups, *paths)),
        CellSpec("when", t("checklist_editor.when"), tip=t("checklist_editor.when_tip"), wide=True),
        CellSpec(
            "opens", t("checklist_editor.opens"), tip=t("checklist_editor.opens_tip"), wide=True
        ),
    ]


def _title(part: str) -> str:
    """Return the name of a part of an item as the title of its field."""
    words = t(f"checklist_work.part.{part}")
    return words[:1].upper() + words[1:]
