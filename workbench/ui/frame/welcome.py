# SPDX-License-Identifier: MIT
"""What the window shows before a project is open: ways to begin, or why one could not be opened."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout

from workbench.ui.look import theme
from workbench.ui.texts import t
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.empty_state import ChoiceCard, EmptyState
from workbench.ui.widgets.label import IconLabel, Label
from workbench.ui.widgets.target_link import TargetLink

_MOST_RECENT = 4


class BeginPage(EmptyState):
    """Three ways to begin: import a ledger, look at the sample park, type the first asset."""

    import_clicked = Signal()
    sample_clicked = Signal()
    new_clicked = Signal()

    def __init__(self, title: str, text: str) -> None:
        super().__init__(title, text)
        self._cards: dict[str, ChoiceCard] = {}
        for icon, key, shortcut, signal in (
            ("file-spreadsheet", "import", "Ctrl+I", self.import_clicked),
            ("sparkles", "sample", "", self.sample_clicked),
            ("plus", "new", "Ctrl+N", self.new_clicked),
        ):
            card = ChoiceCard(
                icon,
                t(f"window.begin_{key}"),
                t(f"window.begin_{key}_text"),
                t(f"window.begin_{key}_button"),
                shortcut=shortcut,
                primary=key == "import",
            )
            card.button.clicked.connect(signal)
            self._cards[key] = card
            self.block.addWidget(card)

    def hide_sample(self) -> None:
        """Leave the sample park out, as inside a project that is open already."""
        self._cards["sample"].hide()

    def add_privacy(self, text: str) -> None:
        """Say where the data lies."""
        px = theme.current().px
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(IconLabel("lock", "text3", 14), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(text, "hint", wrap=True), 1)
        self.block.addLayout(row)


class FirstRunPage(BeginPage):
    """The page without any project; ``recent_clicked`` carries a project's path."""

    open_clicked = Signal()
    recent_clicked = Signal(str)

    def __init__(self, recent: Sequence[str]) -> None:
        super().__init__(t("window.first_run"), t("window.first_run_text"))
        px = theme.current().px
        row = QHBoxLayout()
        row.setSpacing(px(12))
        if recent:
            row.addWidget(Label(t("window.recent"), "caption"))
        for path in list(recent)[:_MOST_RECENT]:
            name = f"{t('window.command.open_project')} {path}"
            link = TargetLink(Path(path).stem, path, tip=path, name=name)
            link.followed.connect(self.recent_clicked)
            row.addWidget(link)
        other = Button(t("window.open_other"), "link")
        other.clicked.connect(self.open_clicked)
        row.addWidget(other)
        row.addStretch(1)
        self.block.addLayout(row)
        self.add_privacy(t("window.private"))


class TroublePage(EmptyState):
    """Says why a project could not be opened, and what to do now."""

    retry_clicked = Signal()
    open_clicked = Signal()
    sample_clicked = Signal()
    restore_clicked = Signal(str)
    """The backup to come back to."""

    def __init__(self, project: str, sentence: str) -> None:
        super().__init__(t("window.cannot_open", name=Path(project).name or project), sentence)
        px = theme.current().px
        row = QHBoxLayout()
        row.setSpacing(px(8))
        for key, kind, signal in (
            ("retry", "primary", self.retry_clicked),
            ("open_other", "default", self.open_clicked),
            ("open_sample", "default", self.sample_clicked),
        ):
            button = Button(t(f"window.{key}"), "primary" if kind == "primary" else "default")
            button.clicked.connect(signal)
            row.addWidget(button)
        row.addStretch(1)
        self.block.addLayout(row)
        self.block.addWidget(Label(project, "hint", wrap=True, selectable=True))
        self._backup = ""

    def offer(self, backup: str, words: str, act: str) -> None:
        """Offer to come back to a backup."""
        self._backup = backup
        self.block.addWidget(Label(words, "caption", wrap=True))
        self.restore = Button(act)
        self.restore.clicked.connect(self._on_restore)
        self.block.addWidget(self.restore, 0, Qt.AlignmentFlag.AlignLeft)

    @Slot()
    def _on_restore(self) -> None:
        self.restore_clicked.emit(self._backup)


class WaitingPage(EmptyState):
    """Says that a project is being opened."""

    def __init__(self, project: str) -> None:
        super().__init__(t("window.opening", name=Path(project).name or project))
