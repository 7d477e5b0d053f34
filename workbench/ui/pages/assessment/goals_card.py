# SPDX-License-Identifier: MIT
"""What the ledger cannot know and matching asks for: goals and the pressure on finances."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.records.ledger import Record
from workbench.ui.look import theme
from workbench.ui.texts import language, t
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.flow import Flow

ENTITY = "context"
_GOALS, _BAND = "goals", "finance_band"


class GoalsCard(Card):
    """Edits the park's pathway inputs; ``wanted`` carries field and text."""

    wanted = Signal(str, str)

    def __init__(self) -> None:
        super().__init__(t("assessment.goals"), t("assessment.goals_text"))
        lang = language()
        self._boxes: dict[str, QCheckBox] = {}
        flow = Flow(gap=16)
        for choice in CATALOGUE[ENTITY][_GOALS].choices:
            box = QCheckBox(choice.title(lang))
            box.clicked.connect(self._on_goal)
            self._boxes[choice.value] = box
            flow.add(box)
        self.add(flow)
        words = CATALOGUE[ENTITY][_BAND].title(lang)
        choices = [(c.value, c.title(lang)) for c in CATALOGUE[ENTITY][_BAND].choices]
        self.band = ChoiceBox(words, [("", t("assessment.pending")), *choices])
        self.band.activated.connect(self._on_band)
        label = QLabel(words)
        label.setBuddy(self.band)
        row = QHBoxLayout()
        row.setSpacing(theme.current().px(12))
        row.addWidget(label)
        row.addWidget(self.band)
        row.addStretch(1)
        self.add(row)

    def set_records(self, goals_in: Record | None, band_in: Record | None) -> None:
        """Show what matching uses: goals and band may stand in different pathway inputs."""
        goals = goals_in.get(_GOALS) if goals_in else None
        chosen = goals if isinstance(goals, tuple) else ()
        for value, box in self._boxes.items():
            box.setChecked(value in chosen)
        self.band.choose((band_in.text(_BAND) if band_in else None) or "")

    def box(self, goal: str) -> QCheckBox:
        """Return the check box of a goal."""
        return self._boxes[goal]

    @Slot()
    def _on_goal(self) -> None:
        chosen = [value for value, box in self._boxes.items() if box.isChecked()]
        self.wanted.emit(_GOALS, "、".join(chosen))

    @Slot()
    def _on_band(self) -> None:
        self.wanted.emit(_BAND, self.band.chosen())
