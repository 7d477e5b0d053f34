# SPDX-License-Identifier: MIT
"""The inputs of a scenario: all of a model's, under their groups."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea

from workbench.domain.finance.inputs import ModelInput
from workbench.domain.finance.model import Model
from workbench.domain.finance.results import Result
from workbench.domain.finance.settling import Provenance
from workbench.ui.pages.scenario.input_line import InputLine
from workbench.ui.texts import t
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.label import Label

PANEL_WIDTH = 336


class InputsPanel(QScrollArea):
    """All inputs of a model under their groups."""

    stated = Signal(str, object)
    left = Signal(str)
    rows_asked = Signal(str)
    unread = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setObjectName("surface")
        self.lines: dict[str, InputLine] = {}
        self._heads: dict[str, tuple[Label, list[str]]] = {}
        self._model = ""

    def set_model(self, model: Model) -> None:
        """Show the inputs of a model; the same one keeps its editors."""
        if model.key == self._model:
            return
        self._model = model.key
        self.lines, self._heads = {}, {}
        body = Box("surface", margins=(16, 12, 16, 24), spacing=10)
        groups: dict[str, list[ModelInput]] = {}
        for item in model.inputs:
            groups.setdefault(item.field.group, []).append(item)
        for group, items in groups.items():
            head = Label(t(f"finance.group.{group}"), "strong")
            body.add(head)
            keys = []
            for item in items:
                line = InputLine(item)
                line.stated.connect(self.stated)
                line.left.connect(self.left)
                line.unread.connect(self.unread)
                line.rows_asked.connect(self.rows_asked)
                self.lines[item.key] = line
                keys.append(item.key)
                body.add(line)
            self._heads[group] = (head, keys)
        body.add_stretch()
        self.setWidget(body)

    def show_result(self, result: Result, base: Result | None, unread: Mapping[str, str]) -> None:
        """Show every input as settled, beside the base's; ``unread`` are texts by input."""
        for key, line in self.lines.items():
            found = [f for f in result.findings if _key_of(f.field) == key]
            beside = base.settled[key] if base else None
            line.show_settled(result.settled[key], beside, found, unread.get(key, ""))
        for head, keys in self._heads.values():
            unused = all(
                result.settled[key].provenance is Provenance.UNUSED for key in keys
            )  # fmt: skip
            head.setVisible(not unused)

    def commit(self) -> None:
        """Take what is being typed."""
        for line in self.lines.values():
            line.commit()


def _key_of(field: str) -> str:
    return field.partition("[")[0]
