# SPDX-License-Identifier: MIT
"""The bar below: save state, file, problems, long task, selection, offline, zoom."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from workbench.ui.look import icons, theme
from workbench.ui.texts import t
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.label import IconLabel, Label
from workbench.ui.widgets.progress_bar import ProgressBar


class _Mark(QWidget):
    """An icon with words."""

    def __init__(self, icon: str, tone: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().px(6))
        self.icon = IconLabel(icon, tone, 13)
        self.label = Label()
        row.addWidget(self.icon)
        row.addWidget(self.label)
        self.hide()


class StatusBar(Box):
    """Tells the state of the program in one line of words.

    ``problems_clicked`` asks for the list, ``cancel_clicked`` for the end of the long task,
    ``zoom_clicked`` for 100 %.
    """

    problems_clicked = Signal()
    cancel_clicked = Signal()
    zoom_clicked = Signal()

    def __init__(self) -> None:
        super().__init__("statusbar", horizontal=True, margins=(16, 0, 16, 0), spacing=16)
        self._saved = _Mark("circle-check", "success")
        self._file = _Mark("database", "text3")
        self._problems = Button("", icon="triangle-alert")
        self._problems.clicked.connect(self.problems_clicked)
        self._problems.hide()
        self._task = QWidget()
        self._task_label = Label()
        self._task_bar = ProgressBar(width=120)
        self._cancel = Button(t("ui.cancel"), "link")
        self._cancel.clicked.connect(self.cancel_clicked)
        row = QHBoxLayout(self._task)
        row.setContentsMargins(0, 0, 0, 0)
        for part in (self._task_label, self._task_bar, self._cancel):
            row.addWidget(part)
        self._task.hide()
        self._stats = Label()
        self._offline = Label(t("ui.offline"))
        self._offline.setToolTip(t("ui.offline_why"))
        self._zoom = Button("100%", tip=t("ui.zoom_reset"), shortcut="Ctrl+0")
        self._zoom.clicked.connect(self.zoom_clicked)
        for widget in (self._saved, self._file, self._problems, self._task):
            self.content.addWidget(widget)
        self.content.addStretch(1)
        for widget in (self._stats, self._offline, self._zoom):
            self.content.addWidget(widget)
        theme.current().theme_changed.connect(self._on_theme)
        self._on_theme()

    def set_saved(self, text: str, tone: str = "success") -> None:
        """Show the save state, such as "已保存 14:32"; tone danger when saving failed."""
        icon = "circle-check" if tone == "success" else "circle-alert"
        self._saved.icon.set_icon(icon, tone)
        self._saved.label.setText(text)
        self._saved.setVisible(bool(text))

    def set_file(self, name: str, path: str = "") -> None:
        """Show the open project's file."""
        self._file.label.setText(name)
        self._file.setToolTip(path)
        self._file.setVisible(bool(name))

    def set_problems(self, errors: int, missing: int) -> None:
        """Show how many errors and missing values there are; none hides the button."""
        parts = []
        if errors:
            parts.append(t("ui.errors_n", n=errors))
        if missing:
            parts.append(t("ui.missing_n", n=missing))
        self._problems.set_text(t("ui.gap").join(parts))
        self._problems.setVisible(bool(parts))

    def set_task(self, text: str, done: int, total: int) -> None:
        """Show a long task with its progress; a total of 0 means that the end is not known."""
        count = f" {done} / {total}" if total else ""
        self._task_label.setText(text + count)
        self._task_bar.set_progress(done, total)
        self._task.show()

    def clear_task(self) -> None:
        """Take the long task away."""
        self._task.hide()

    def shows_task(self) -> bool:
        """Tell whether a long task is shown."""
        return not self._task.isHidden()

    def set_stats(self, text: str) -> None:
        """Show what is selected, such as "平均 12　计数 3　求和 36"."""
        self._stats.setText(text)

    def set_zoom(self, zoom: float) -> None:
        """Show the zoom of the interface."""
        self._zoom.set_text(f"{zoom:.0%}")

    @Slot()
    def _on_theme(self) -> None:
        self.setFixedHeight(theme.current().px(28))
        self._problems.setIcon(icons.icon("triangle-alert", "warn", 13))
        side = theme.current().px(13)
        self._problems.setIconSize(QSize(side, side))
        self._cancel.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
