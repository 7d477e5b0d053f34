# SPDX-License-Identifier: MIT
"""The yardsticks of a project: rules, parameters, standards and grading, each editable."""

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout

from workbench.domain.content import Content
from workbench.domain.diagnosis.rules import DiagnosisRule
from workbench.domain.findings import UserError
from workbench.domain.parameters import PolicyParam
from workbench.domain.ranking.rules import ANCHORS
from workbench.domain.ranking.weighing import starting, weigh
from workbench.domain.records.changes import ChangeSet
from workbench.ui.context import UiContext
from workbench.ui.errors import sentence
from workbench.ui.look import theme
from workbench.ui.pages.settings.parameters_view import (
    parameter_name,
    parameter_values,
    shown_parameter,
)
from workbench.ui.pages.settings.yardstick_dialogs import EntryDialog, TextDialog
from workbench.ui.texts import language, t
from workbench.ui.typed.kept_typing import KeptTyping
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import Button, Segments
from workbench.ui.widgets.hairline import Hairline
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row

RULES, PARAMETERS = "diagnosis.toml", "parameters.toml"
STANDARDS, GRADING, RANKING = "standards.toml", "grading.toml", "ranking.toml"
FILES = (RULES, PARAMETERS, STANDARDS, GRADING, RANKING)


class YardsticksView(Box):
    """Lists the entries of a file; opening one changes it, with a reason."""

    def __init__(self, context: UiContext) -> None:
        super().__init__("surface")
        self._context = context
        px = theme.current().px
        self.files = Segments([(f, t(f"yardsticks.{f.partition('.')[0]}")) for f in FILES], RULES)
        self.files.chosen.connect(self._show)
        self._edition = Label("", "caption", wrap=True)
        self.whole = Button(t("yardsticks.edit_text"), icon="pencil")
        self.whole.clicked.connect(self._on_text)
        self.reset = Button(t("yardsticks.reset"), icon="undo-2")
        self.reset.clicked.connect(self._on_reset)
        head = QHBoxLayout()
        head.setContentsMargins(px(24), px(12), px(24), px(12))
        head.setSpacing(px(12))
        head.addWidget(self.files)
        head.addWidget(self._edition, 1)
        head.addWidget(self.reset)
        head.addWidget(self.whole)
        columns = (
            Column(t("yardsticks.entry"), width=130),
            Column(t("yardsticks.meaning"), share=5),
            Column(t("yardsticks.value"), share=4),
            Column(t("yardsticks.points"), width=88, right=True),
            Column(t("settings.source"), share=3),
        )
        self.table = ReadTable(t("settings.tab_yardsticks"), columns, fits=False, opens=True)
        self.table.row_opened.connect(self._on_entry)
        self.add(head)
        self.add(Hairline())
        sheet = Box("surface", margins=(14, 0, 0, 0))
        sheet.add(self.table)
        self.add(sheet, 1)
        context.changed.connect(self._on_changed)
        self._show()

    @Slot(object)
    def _on_changed(self, changes: ChangeSet) -> None:
        if any(change.entity == "content_file" for change in changes.records):
            self._show()

    @Slot()
    def _show(self) -> None:
        services, file = self._context.services, self.files.current()
        record = services.editions.own().get(file)
        words = t("yardsticks.shipped")
        if record is not None:
            number, reason = record.number("edition"), record.text("reason") or ""
            words = t("yardsticks.own", edition=number, reason=reason)
        for left_out in services.editions.left_out():
            if left_out.file == file:
                complaint = sentence(left_out.complaint)
                words = t("content_editions.left_out", file=file, complaint=complaint)
        self._edition.setText(words)
        self.reset.setVisible(record is not None)
        self.table.set_rows(_ROWS[file](services.content))

    @Slot(str)
    def _on_entry(self, entry: str) -> None:
        file, content = self.files.current(), self._context.services.content
        if file == RULES:
            rule = next(r for r in content.diagnosis.rules if r.id == entry)
            values = {"when": rule.condition.text, "points": str(rule.points),
                      "source": rule.source.id}  # fmt: skip
        elif file == PARAMETERS:
            param = next(p for p in content.parameters if parameter_name(p) == entry)
            if not isinstance(param.value, Decimal):
                self._on_text()
                return
            values = parameter_values(param)
        else:
            self._on_text()
            return
        dialog = EntryDialog(self._context.shell.dialog_host, entry, values)
        KeptTyping(self._context, dialog, f"yardstick:{file}:{entry}")
        dialog.asked.connect(lambda new, reason: self._keep_entry(dialog, file, entry, new, reason))
        dialog.open()

    def _keep_entry(
        self, dialog: EntryDialog, file: str, entry: str, values: dict[str, str], reason: str
    ) -> None:
        try:
            self._context.services.editions.change_entry(file, entry, values, reason)
        except UserError as error:
            dialog.refuse(sentence(error))
            return
        dialog.close_dialog()

    @Slot()
    def _on_text(self) -> None:
        file = self.files.current()
        text = self._context.services.editions.text(file)
        dialog = TextDialog(self._context.shell.dialog_host, file, text)
        KeptTyping(self._context, dialog, f"yardstick:{file}")
        dialog.asked.connect(lambda body, reason: self._keep_text(dialog, file, body, reason))
        dialog.open()

    def _keep_text(self, dialog: TextDialog, file: str, body: str, reason: str) -> None:
        try:
            self._context.services.editions.keep(file, body, reason)
        except UserError as error:
            dialog.refuse(sentence(error))
            return
        dialog.close_dialog()

    @Slot()
    def _on_reset(self) -> None:
        file = self.files.current()
        dialog = EntryDialog(self._context.shell.dialog_host, t("yardsticks.reset"), {})
        KeptTyping(self._context, dialog, f"yardstick_reset:{file}")
        dialog.asked.connect(lambda _values, reason: self._reset(dialog, file, reason))
        dialog.open()

    def _reset(self, dialog: EntryDialog, file: str, reason: str) -> None:
        try:
            self._context.services.editions.reset(file, reason)
        except UserError as error:
            dialog.refuse(sentence(error))
            return
        dialog.close_dialog()


def _rules(content: Content) -> list[Row]:
    return [_rule(rule) for rule in content.diagnosis.rules]


def _rule(rule: DiagnosisRule) -> Row:
    lang = language()
    return Row(rule.id, (
        Cell(rule.id, tone="text2"), Cell(rule.describe(lang)), Cell(rule.condition.text),
        Cell(str(rule.points)), Cell(rule.source.cite(lang), tone="text2"),
    ))  # fmt: skip


def _parameters(content: Content) -> list[Row]:
    lang = language()
    return [
        Row(parameter_name(param), (
            Cell(param.code, detail=param.region, tone="text2"), Cell(param.name.get(lang)),
            Cell(shown_parameter(param), detail=_validity(param)), Cell(""),
            Cell(param.cite(lang), tone="text2"),
        ))
        for param in content.parameters
    ]  # fmt: skip


def _validity(param: PolicyParam) -> str:
    days = (param.effective_from, param.effective_to)
    return " – ".join(day.isoformat() if day else "…" for day in days) if any(days) else ""


def _standards(content: Content) -> list[Row]:
    lang, found = language(), content.standards
    needs = t("assessment.comma").join(f"{n.kind} {n.weight}" for n in found.facilities.needs)
    rows = [Row("facilities", (
        Cell("I-29", tone="text2"), Cell(t("yardsticks.facilities")), Cell(needs), Cell(""),
        Cell(""),
    ))]  # fmt: skip
    for scheme in found.intensity:
        ideals = t("assessment.comma").join(
            f"{t(i.measure.text_key)} {i.ideal if i.zero_at is None else i.zero_at}"
            for i in scheme.items()
        )
        rows.append(Row(scheme.id, (
            Cell(scheme.id, tone="text2"), Cell(scheme.name.get(lang)), Cell(ideals), Cell(""),
            Cell(scheme.source.cite(lang), tone="text2"),
        )))  # fmt: skip
    for axis in found.dimensions:
        anchors = t("assessment.comma").join(
            t("dimensions.anchor", id=i.indicator, weight=i.weight, zero=i.zero, full=i.full)
            for i in axis.items
        )
        rows.append(Row(axis.id, (
            Cell(axis.id, tone="text2"),
            Cell(axis.name.get(lang), detail=t("dimensions.axis")), Cell(anchors), Cell(""),
            Cell(axis.source.cite(lang), tone="text2"),
        )))  # fmt: skip
    return rows


def _grading(content: Content) -> list[Row]:
    lang = language()
    rows = []
    for scheme in content.standards.grading:
        items = t("assessment.comma").join(
            f"{t(item.measure.text_key)} {item.weight}" for item in scheme.items
        )
        rows.append(Row(scheme.id, (
            Cell(scheme.id, detail=scheme.region, tone="text2"), Cell(scheme.name.get(lang)),
            Cell(items, detail=t(scheme.method.text_key)), Cell(""),
            Cell(scheme.source.cite(lang), tone="text2"),
        )))  # fmt: skip
    return rows


def _ranking(content: Content) -> list[Row]:
    """Show rubric, bounds, starting weights and what robustness tries."""
    lang, rules = language(), content.ranking
    weighed = weigh(starting(rules.judgements))
    rows = []
    for criterion, rubric in rules.rubric.items():
        weight = weighed.values.get(criterion)
        words = "—" if weight is None else f"{weight:.2%}"
        anchors = t("assessment.comma").join(
            f"{score} {text.get(lang)}" for score, text in zip(ANCHORS, rubric.anchors, strict=True)
        )
        rows.append(Row(criterion.value, (
            Cell(t(criterion.text_key)), Cell(rubric.prefilled.get(lang)), Cell(anchors),
            Cell(words), Cell(""),
        )))  # fmt: skip
    bounds = rules.bounds
    said = {
        "months": bounds.months, "gap_of_cash": bounds.gap_of_cash,
        "return_margins": bounds.return_margins, "net_cash_share": (bounds.net_cash_share,),
        "nothing": (bounds.nothing,), "unknown_counts": (bounds.unknown_counts,),
        "red_line_cap": (bounds.red_line_cap,),
    }  # fmt: skip
    for key, numbers in said.items():
        value = " / ".join(f"{number.normalize():f}" for number in numbers)
        rows.append(Row(key, (
            Cell(t("yardsticks.bounds"), tone="text2"), Cell(t(f"yardsticks.bound_{key}")),
            Cell(value), Cell(""), Cell(""),
        )))  # fmt: skip
    tried = f"±{rules.weight_change:.0%} / ±{rules.score_change:g} / {rules.close:g}"
    rows.append(Row("robustness", (
        Cell(t("yardsticks.tried"), tone="text2"), Cell(t("yardsticks.robustness")), Cell(tried),
        Cell(""), Cell(""),
    )))  # fmt: skip
    return rows


_ROWS: dict[str, Callable[[Content], list[Row]]] = {
    RULES: _rules,
    PARAMETERS: _parameters,
    STANDARDS: _standards,
    GRADING: _grading,
    RANKING: _ranking,
}
