# SPDX-License-Identifier: MIT
"""The right pane of the report: what it rests on, checks before export, and the exports."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.records.ledger import Record
from workbench.ui.look import theme
from workbench.ui.texts import language, t
from workbench.ui.widgets.box import Box, ScrollPage, clear_layout
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.hairline import Hairline
from workbench.ui.widgets.label import IconLabel, Label
from workbench.ui.widgets.target_link import TargetLink

PANEL_WIDTH = 344
_MOST = 8
_ICONS = {"danger": "circle-alert", "warn": "triangle-alert", "info": "clock",
          "success": "circle-check"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One line of the checks; ``target`` is ``page`` or ``page|target``."""

    tone: str
    text: str
    link: str = ""
    target: str = ""


class ReportChecks(Box):
    """Asks with signals; what is allowed is decided by the page."""

    assessment_chosen = Signal(str)
    status_chosen = Signal(str)
    target_asked = Signal(str)
    draft_asked = Signal()
    final_asked = Signal()
    ledger_asked = Signal()
    portfolio_asked = Signal()
    difference_asked = Signal()
    template_asked = Signal()
    base_asked = Signal()
    printed_asked = Signal()
    scope_asked = Signal()
    open_asked = Signal()
    folder_asked = Signal()

    def __init__(self) -> None:
        super().__init__("panel", margins=(1, 0, 0, 0))
        page = ScrollPage("surface", margins=(16, 14, 16, 16), spacing=8)
        statuses = CATALOGUE["assessment"]["status"].choices
        self.assessment = ChoiceBox(t("report_page.assessment"))
        self.assessment.setMinimumContentsLength(6)
        self.assessment.setSizeAdjustPolicy(
            ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.assessment.activated.connect(self._on_assessment)
        self.status = ChoiceBox(
            t("report_page.status"), [(c.value, c.title(language())) for c in statuses]
        )
        self.status.activated.connect(self._on_status)
        self._as_of = Label("")
        self._rests: Button | None = None
        """What had the focus when an export began."""
        self._is_busy = False
        self._may_be_final = False  # until the checks have been made
        self.setAccessibleName(t("report_page.checks"))
        page.add(Label(t("report_page.basis"), "section"))
        page.add(self._basis())
        page.add(Hairline())
        page.add(Label(t("report_page.checks"), "section"))
        self._summary = Label("", "caption", wrap=True)
        page.add(self._summary)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(theme.current().px(8))
        page.add(self._lines)
        page.content.addStretch(1)
        self.add(page, 1)
        self.add(Hairline())
        self.add(self._exports())
        page.content.insertWidget(0, self._last_row)  # below it has no room in a low window

    def set_basis(self, assessments: Sequence[Record], chosen: Record | None, as_of: str) -> None:
        """Show which assessment the report rests on."""
        items = [("", t("report_page.no_assessment"))]
        items += [(record.key, record.label) for record in assessments]
        self.assessment.set_items(items, chosen.key if chosen else "")
        self.status.setEnabled(chosen is not None)
        self.status.choose((chosen.text("status") if chosen else None) or "草稿")
        self._as_of.setText(as_of)

    def set_lines(self, summary: str, lines: Sequence[CheckLine]) -> None:
        """Show the checks, the worst first."""
        self._summary.setText(summary)
        clear_layout(self._lines)
        for line in lines[:_MOST]:
            self._lines.addLayout(self._line(line))
        if len(lines) > _MOST:
            rest = Label(t("report_page.more_n", n=len(lines) - _MOST), "caption")
            self._lines.addWidget(rest)

    def set_final(self, text: str, hint: str, *, enabled: bool) -> None:
        """Show what the primary button does, and why it cannot when it cannot."""
        self.final.set_text(text)
        self._may_be_final = enabled
        self.final.setEnabled(enabled and not self._is_busy)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))

    def set_last(self, path: str, checked: str = "") -> None:
        """Offer to open what was exported last; ``checked`` says what was counted in it."""
        self._last_row.setVisible(bool(path))
        last = t("report_page.last", name=Path(path).name)
        self._last.setText(f"{last}\n{checked}" if checked else last)
        self._old.hide()
        self._last.setToolTip(path)

    def set_last_old(self, *, old: bool) -> None:
        """Say that what was exported last is not what would be exported now."""
        self._old.setVisible(old)

    def last_words(self) -> str:
        """Return what is said of the last export."""
        return self._last.text()

    def set_busy(self, busy: bool) -> None:
        """Rest the exports while one runs; the focus stays here instead of wandering off."""
        resting = (
            self.draft, self.ledger, self.portfolio, self.difference, self.printed, self.base,
        )  # fmt: skip
        # not hasFocus: right after a dialog the window itself may not be active again yet
        holder = self.window().focusWidget()
        focused = next((button for button in (*resting, self.final) if button is holder), None)
        if busy and focused is not None:
            self._rests = focused
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        for button in resting:
            button.setEnabled(not busy)
        self._is_busy = busy
        self.final.setEnabled(self._may_be_final and not busy)
        if not busy and holder is self and self._rests is not None:
            self._rests.setFocus(Qt.FocusReason.OtherFocusReason)

    def _basis(self) -> Box:
        px = theme.current().px
        holder = Box()
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(10))
        grid.setVerticalSpacing(px(8))
        grid.setColumnStretch(1, 1)
        rows = (
            (t("report_page.assessment"), self.assessment),
            (t("report_page.status"), self.status),
            (t("checklist.as_of"), self._as_of),
        )
        for at, (words, widget) in enumerate(rows):
            label = QLabel(words)
            label.setProperty("role", "caption")
            label.setBuddy(widget)
            label.setMinimumWidth(px(56))
            grid.addWidget(label, at, 0)
            grid.addWidget(widget, at, 1)
        holder.add(grid)
        return holder

    def _exports(self) -> Box:
        """Return the buttons; draft and ledger are always possible."""
        foot = Box("surface", margins=(16, 12, 16, 14), spacing=8)
        self.draft = Button(t("report_page.export_draft"), icon="download")
        self.draft.clicked.connect(self.draft_asked)
        self.final = Button(t("report_page.export"), "primary")
        self.final.setEnabled(False)
        self.final.clicked.connect(self.final_asked)
        self._hint = Label("", "caption", wrap=True)
        self.ledger = Button(t("report_page.export_ledger"), "link", icon="file-spreadsheet")
        self.ledger.clicked.connect(self.ledger_asked)
        self.portfolio = Button(t("report_portfolio.export"), "link", icon="layers")
        self.portfolio.setToolTip(t("report_portfolio.export_tip"))
        self.portfolio.clicked.connect(self.portfolio_asked)
        self.difference = Button(t("report_difference.export"), "link", icon="git-compare")
        self.difference.setToolTip(t("report_difference.export_tip"))
        self.difference.clicked.connect(self.difference_asked)
        self._last_row = Box("plain", spacing=2)
        self._last = Label("", "caption", wrap=True)
        links = QHBoxLayout()
        for key, signal in (("open", self.open_asked), ("open_folder", self.folder_asked)):
            link = Button(t(f"report_page.{key}"), "link")
            link.clicked.connect(signal)
            links.addWidget(link)
        links.addStretch(1)
        self._old = Label(t("report_views.last_old"), "caption", tone="warn", wrap=True)
        self._old.hide()
        self._last_row.add(self._last)
        self._last_row.add(self._old)
        self._last_row.add(links)
        options = QHBoxLayout()
        self.redact = _option("report_redact")
        self.evidence = _option("report_evidence")
        self.scope = Button(t("redaction.open"), "link")
        self.scope.setToolTip(t("redaction.open_tip"))
        self.scope.clicked.connect(self.scope_asked)
        self.scope.hide()
        self.redact.toggled.connect(self.scope.setVisible)
        self.pdf = _option("report_pdf")
        for option in (self.redact, self.evidence, self.pdf):
            options.addWidget(option)
        self.printed = Button(t("report_pdf.preview"), "link")
        self.printed.setToolTip(t("report_pdf.preview_tip"))
        self.printed.clicked.connect(self.printed_asked)
        options.addStretch(1)
        foot.add(self.scope)  # above: what is ticked next stays where it is
        foot.add(options)
        self._no_pdf = Label(t("report_pdf.absent"), "caption", wrap=True)
        self._no_pdf.hide()
        foot.add(self._no_pdf)
        foot.add(self._look())
        others = QHBoxLayout()
        for link in (self.ledger, self.portfolio, self.difference):
            others.addWidget(link)
        others.addStretch(1)
        draft = QHBoxLayout()
        draft.addWidget(self.draft, 1)
        draft.addWidget(self.printed)
        foot.add(draft)
        for widget in (self.final, self._hint):
            foot.add(widget)
        foot.add(others)
        self._last_row.hide()
        self._hint.hide()
        return foot

    def _look(self) -> Box:
        """Return which template the report is written with, and what that means."""
        holder = Box("plain", spacing=2)
        self.template = Button(t("report_style.choose"), "link")
        self.template.clicked.connect(self.template_asked)
        self._template = Label("", "caption", wrap=True)
        self._template.hide()
        self.base = Button(t("report_style.save"), "link")
        self.base.setToolTip(t("report_style.save_tip"))
        self.base.clicked.connect(self.base_asked)
        links = QHBoxLayout()
        links.addWidget(self.template)
        links.addWidget(self.base)
        links.addStretch(1)
        holder.add(links)
        holder.add(self._template)
        return holder

    def set_pdf(self, *, possible: bool) -> None:
        """Offer the PDF where LibreOffice is installed; elsewhere say what to do instead."""
        self.pdf.setEnabled(possible)
        self.printed.setVisible(possible)
        self._no_pdf.setVisible(not possible)

    def set_template(self, said: Sequence[str]) -> None:
        """Show what is taken from the chosen template and what is lost; nothing without one."""
        self.template.set_text(t("report_style.back" if said else "report_style.choose"))
        self._say_of_template("\n".join(said), reading=False)

    def set_template_reading(self, words: str) -> None:
        """Say that a template is being read; another one is chosen afterwards."""
        self._say_of_template(words, reading=True)

    def _say_of_template(self, words: str, *, reading: bool) -> None:
        self.template.setEnabled(not reading)
        self._template.setText(words)
        self._template.setVisible(bool(words))

    def _line(self, line: CheckLine) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.current().px(8))
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(IconLabel(_ICONS[line.tone], line.tone, 15), 0, top)
        row.addWidget(Label(line.text, wrap=True, selectable=True), 1, top)
        if line.link:
            link = TargetLink(line.link, line.target, name=f"{line.link}: {line.text}")
            link.followed.connect(self.target_asked)
            row.addWidget(link, 0, top)
        return row

    @Slot()
    def _on_assessment(self) -> None:
        self.assessment_chosen.emit(self.assessment.chosen())

    @Slot()
    def _on_status(self) -> None:
        self.status_chosen.emit(self.status.chosen())


def _option(room: str) -> QCheckBox:
    box = QCheckBox(t(f"{room}.option"))
    box.setToolTip(t(f"{room}.option_tip"))
    return box
