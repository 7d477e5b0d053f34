# SPDX-License-Identifier: MIT
"""The left pane of the checklist: which assessment, its pathways, progress and stages."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QComboBox, QHBoxLayout, QSizePolicy

from workbench.application.checklist.sheet import ChecklistSheet
from workbench.domain.checklist.state import Summary
from workbench.domain.checklist.template import Stage
from workbench.domain.overriding import override
from workbench.domain.records.ledger import Record
from workbench.ui.look import icons, theme
from workbench.ui.texts import t
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import Button, IconButton
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.progress_bar import ProgressBar

_WIDTH = 236


class StageButton(QAbstractButton):
    """One stage: number, name, done of applicable, a bar, and a lock while its gate is closed.

    Without a stage it stands for all of them; while a filter is in use the count is that of the
    items which fit.
    """

    def __init__(self, stage: Stage | None) -> None:
        super().__init__()
        self.stage = stage
        self._summary: Summary | None = None
        self._matches: int | None = None
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.current().theme_changed.connect(self.updateGeometry)

    def set_summary(self, summary: Summary, matches: int | None = None) -> None:
        """Show how far the stage has come, and how many of its items fit the filters."""
        self._summary, self._matches = summary, matches
        words = [self._name(), self._count()]
        if self.stage is not None and not summary.is_open:
            words.append(t("checklist.gate_closed_by", items="、".join(summary.closed_by)))
        self.setAccessibleName("  ".join(words))
        self.setToolTip("\n".join(words))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        look = theme.current()
        return QSize(look.px(120), max(look.px(42), round(look.metrics().height()) + look.px(20)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme.current()
        px = look.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0, 1, 0, -1)
        chosen = self.isChecked()
        if chosen or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.color("accentSoft" if chosen else "hover"))
            painter.drawRoundedRect(box, 5, 5)
        if self.hasFocus():
            painter.setPen(QPen(look.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 5, 5)
        inner = box.adjusted(px(10), px(4), -px(10), -px(10))
        painter.setFont(look.font("caption"))
        painter.setPen(look.color("text2"))
        middle, left = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignLeft
        painter.drawText(inner, middle | Qt.AlignmentFlag.AlignRight, self._count())
        taken = look.metrics("caption").horizontalAdvance(self._count()) + px(8)
        if self.stage and self._summary is not None and not self._summary.is_open:
            side = px(13)
            at = round(inner.right() - taken - side)
            top = round(inner.center().y() - side / 2)
            painter.drawPixmap(at, top, icons.pixmap("lock", "text3", 13))
            taken += side + px(6)
        role = "strong" if chosen else "body"
        painter.setFont(look.font(role))
        painter.setPen(look.color("accent" if chosen else "text"))
        if self.stage is not None:
            painter.drawText(inner, middle | left, self.stage.value[1:])
        else:
            side = px(14)
            tone = "accent" if chosen else "text2"
            top = round(inner.center().y() - side / 2)
            painter.drawPixmap(round(inner.left()) - px(3), top, icons.pixmap("layers", tone, 14))
        words = inner.adjusted(px(20), 0, -taken, 0)
        name = look.metrics(role).elidedText(
            self._name(), Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, middle | left, name)
        self._draw_bar(painter, box)

    def _draw_bar(self, painter: QPainter, box: QRectF) -> None:
        look = theme.current()
        px = look.px
        track = QRectF(box.left() + px(10), box.bottom() - px(8), box.width() - px(20), px(4))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("surface" if self.isChecked() else "subtle"))
        painter.drawRoundedRect(track, 2, 2)
        share = self._summary.completion if self._summary else None
        if share:
            track.setWidth(track.width() * float(share))
            painter.setBrush(look.color("accent"))
            painter.drawRoundedRect(track, 2, 2)

    def _name(self) -> str:
        return t("checklist_list.all_stages" if self.stage is None else self.stage.text_key)

    def _count(self) -> str:
        if self._matches is not None:
            return t("checklist_list.matches", n=self._matches)
        if self._summary is None:
            return ""
        applicable = self._summary.total - self._summary.not_applicable
        return f"{self._summary.done}/{applicable}" if applicable else "—"


class StagePane(Box):
    """Asks with ``assessment_chosen`` (key), ``start_asked``, ``pathways_asked``, ``stage_chosen``.

    A stage is chosen by its name, all of them by "". ``closed_asked`` wants the items that do not
    apply.

    The progress counts every item that applies; the bar shows the weighted completion.
    """

    assessment_chosen = Signal(str)
    start_asked = Signal()
    pathways_asked = Signal()
    stage_chosen = Signal(str)
    closed_asked = Signal()

    def __init__(self) -> None:
        super().__init__("panelLeft", margins=(12, 12, 12, 12), spacing=6)
        self._chooser = ChoiceBox(t("checklist.assessment"))
        self._chooser.setMinimumContentsLength(4)
        self._chooser.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self._chooser.activated.connect(self._on_activated)
        self._pathways = Button("", "link", tip=t("checklist.choose_pathways_tip"))
        self._pathways.clicked.connect(self.pathways_asked)
        start = IconButton("plus", t("checklist.start"))
        start.clicked.connect(self.start_asked)
        self._count = Label("", "caption")
        self._bar = ProgressBar()
        self._group = QButtonGroup(self)
        self._stages: dict[Stage | None, StageButton] = {
            stage: StageButton(stage) for stage in (None, *Stage)
        }
        choosing = QHBoxLayout()
        choosing.addWidget(self._chooser, 1)
        choosing.addWidget(start)
        self.add(choosing)
        self.add(self._pathways)
        self.content.addSpacing(theme.current().px(4))
        head = QHBoxLayout()
        head.addWidget(Label(t("checklist.progress"), "caption"), 1)
        head.addWidget(self._count)
        self.add(head)
        self.add(self._bar)
        self.content.addSpacing(theme.current().px(6))
        for button in self._stages.values():
            self._group.addButton(button)
            self.add(button)
        self.add_stretch()
        self.closed = Button("", "link", icon="eye-off")
        self.closed.clicked.connect(self.closed_asked)
        self.add(self.closed)
        self._group.buttonClicked.connect(self._on_stage)
        theme.current().theme_changed.connect(self._on_theme)
        self._on_theme()

    def set_assessments(self, assessments: Sequence[Record], chosen: str) -> None:
        """Offer the assessments of the park."""
        self._chooser.set_items([(record.key, record.label) for record in assessments], chosen)
        self._chooser.setToolTip(self._chooser.currentText())

    def set_sheet(
        self, sheet: ChecklistSheet, matches: Mapping[Stage | None, int] | None = None
    ) -> None:
        """Show the progress of a checklist, and how many items of each stage fit the filters."""
        stages = sheet.stages()
        done = sum(summary.done for summary in stages)
        total = sum(summary.total - summary.not_applicable for summary in stages)
        share = sheet.completion()
        percent = "—" if share is None else f"{share:.0%}"
        self._count.setText(t("checklist.progress_n", done=done, total=total, percent=percent))
        self._bar.set_progress(round((share or 0) * 100), 100)
        self._bar.setAccessibleName(t("checklist.progress_spoken", percent=percent))
        codes = " ".join(sheet.pathways[:4]) + (" …" if len(sheet.pathways) > 4 else "")
        text = t("checklist.pathways_chosen", codes=codes) if codes else t("checklist.no_pathways")
        self._pathways.set_text(text)
        found = matches or {}
        self._stages[None].set_summary(sheet.whole(), found.get(None))
        for summary in stages:
            self._stages[summary.stage].set_summary(summary, found.get(summary.stage))

    def set_closed(self, count: int) -> None:
        """Say how many items do not apply."""
        self.closed.set_text(t("checklist_window.closed_n", n=count))
        self.closed.setVisible(count > 0)

    def choose_stage(self, stage: Stage | None) -> None:
        """Mark a stage as the one shown, without telling."""
        self._stages[stage].setChecked(True)

    def button(self, stage: Stage | None) -> StageButton:
        """Return the button of a stage, or of all of them."""
        return self._stages[stage]

    @Slot(int)
    def _on_activated(self, at: int) -> None:
        self.assessment_chosen.emit(self._chooser.itemData(at))

    @Slot(QAbstractButton)
    def _on_stage(self, button: QAbstractButton) -> None:
        if isinstance(button, StageButton):
            self.stage_chosen.emit(button.stage.value if button.stage else "")

    @Slot()
    def _on_theme(self) -> None:
        self.setFixedWidth(theme.current().px(_WIDTH))
