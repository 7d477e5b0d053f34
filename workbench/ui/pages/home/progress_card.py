# SPDX-License-Identifier: MIT
"""The card that says what comes next, over the six steps from ledger to report."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from workbench.ui.look import theme
from workbench.ui.pages.home.progress import Step, next_step
from workbench.ui.texts import t
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.label import IconLabel, Label
from workbench.ui.widgets.target_link import TargetLink


class ProgressCard(Card):
    """``followed`` carries a step's page and target, joined by "|"."""

    followed = Signal(str)

    def __init__(self, found: Sequence[Step]) -> None:
        following = next_step(tuple(found))
        title = t("home_progress.all_done")
        if following is not None:
            title = t("home_progress.next", act=following.act)
        super().__init__(title)
        row = QHBoxLayout()
        row.setSpacing(theme.current().px(12))
        for step in found:
            row.addWidget(self._step(step, is_next=step is following), 1)
        self.content.addLayout(row)

    def _step(self, step: Step, *, is_next: bool) -> Box:
        box = Box(spacing=0)
        head = QHBoxLayout()
        head.setSpacing(theme.current().px(6))
        icon = "circle-check" if step.done else "circle-dot" if is_next else "circle"
        tone = "success" if step.done else "accent" if is_next else "text3"
        head.addWidget(IconLabel(icon, tone, 15), 0, Qt.AlignmentFlag.AlignVCenter)
        own_page = step.key == step.page
        title = t(f"pages.{step.key}.title") if own_page else t("home_progress.step_problems")
        target = f"{step.page}|{step.target}"
        done = t("home_progress.done" if step.done else "home_progress.open")
        link = TargetLink(title, target, name=f"{title} {done} {step.words}")
        link.followed.connect(self.followed)
        head.addWidget(link)
        head.addStretch(1)
        box.content.addLayout(head)
        box.add(Label(step.words, "caption", wrap=True))
        box.add_stretch()
        return box
