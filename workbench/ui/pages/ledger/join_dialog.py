# SPDX-License-Identifier: MIT
"""The dialog that makes one parcel of several: which, whose values hold, and what it comes to."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from workbench.application.ledger.splitting import JoinPreview
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.display import shown
from workbench.domain.findings import UserError
from workbench.domain.parcels.joining import JoinPlan
from workbench.domain.records.ledger import Record
from workbench.ui.context import UiContext
from workbench.ui.errors import sentence
from workbench.ui.look import theme
from workbench.ui.pages.ledger.join_choice import JoinChoice
from workbench.ui.pages.ledger.land_checks import fields_words, verdict_cell
from workbench.ui.texts import language, t
from workbench.ui.typed.kept_typing import KeptTyping
from workbench.ui.widgets.box import ScrollPage, clear_layout
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.key_values import KeyValue, KeyValues
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.read_table import Column, ReadTable, Row

_FEWEST = 2


class JoinDialog(Dialog):
    """Joins a parcel with others of its park; ``done`` carries the key of the new one."""

    done = Signal(str)

    def __init__(
        self, context: UiContext, host: QWidget, parcel: Record, others: Collection[str] = ()
    ) -> None:
        """Begin with a parcel and the keys of others that are ticked already."""
        title = t("splitting.join_title", name=parcel.label)
        super().__init__(host, title, width=760, height=720)
        self._context = context
        self._parcel = parcel
        self.preview: JoinPreview | None = None
        self.takes: dict[str, ChoiceBox] = {}
        self._page = ScrollPage("surface", margins=(0, 0, 10, 0), spacing=12)
        self.body.addWidget(self._page, 1)
        self.choice = JoinChoice(self._others(), others)
        self.choice.changed.connect(self.recompute)
        self._page.add(self.choice)
        self.code = _line(t("splitting.join_code"), parcel.text("code") or "")
        self.name = _line(t("splitting.join_name"), parcel.text("name") or "")
        self._page.add(self._names())
        self._results = QVBoxLayout()
        self._results.setSpacing(theme.current().px(10))
        self._page.add(self._results)
        self._page.content.addStretch(1)
        self.reason = _line(t("splitting.reason"), "")
        self.reason.setPlaceholderText(t("splitting.reason_hint"))
        self.reason.textChanged.connect(self._on_reason)
        self.body.addWidget(self.reason)
        self.add_cancel()
        self.join_button = self.add_button("", "primary")
        self.join_button.clicked.connect(self._on_join)
        self.recompute()
        KeptTyping(context, self, f"join:{parcel.key}")

    def keys(self) -> tuple[str, ...]:
        """Return the parcels that are to become one."""
        return (self._parcel.key, *self.choice.chosen())

    def plan(self) -> JoinPlan:
        """Return the join as it is chosen."""
        chosen = {name: box.chosen() for name, box in self.takes.items() if box.chosen()}
        code, name = self.code.text().strip(), self.name.text().strip()
        return JoinPlan(self.keys(), code, name, chosen)

    @Slot()
    def recompute(self) -> None:
        """Show what joining comes to."""
        clear_layout(self._results)
        self.takes = {}
        self.preview = None
        keys = self.keys()
        self.join_button.set_text(t("splitting.join_button", n=len(keys)))
        if len(keys) >= _FEWEST:
            try:
                self.preview = self._context.services.splitting.preview_join(
                    keys, self._context.as_of
                )
            except UserError as error:
                self.set_note(sentence(error), "danger")
        if self.preview is not None:
            self._show(self.preview)
        self._on_reason()

    def _others(self) -> list[Record]:
        """Return the other parcels of the park."""
        rows = self._context.services.querying.ledger().all("parcel")
        park, key = self._parcel.text("park"), self._parcel.key
        return [row for row in rows if row.text("park") == park and row.key != key]

    def _names(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.current().px(10))
        for at, (key, editor) in enumerate((("code", self.code), ("name", self.name))):
            label = Label(t(f"splitting.join_{key}"), "caption")
            label.setBuddy(editor)
            grid.addWidget(label, at, 0)
            grid.addWidget(editor, at, 1)
        return grid

    def _show(self, preview: JoinPreview) -> None:
        self._results.addWidget(Label(t("splitting.join_result"), "strong"))
        self._results.addWidget(KeyValues(self._sums(preview), label_width=120))
        figures = preview.figures.checks if preview.figures else ()
        table = ReadTable(t("splitting.join_checks"), [Column(t("splitting.join_checks"))])
        table.set_rows([Row("", (verdict_cell((*preview.checks, *figures)),))])
        self._results.addWidget(table)
        if preview.differing:
            self._results.addWidget(Label(t("splitting.join_differ"), "strong"))
            self._results.addLayout(self._choices(preview))
        if preview.to_verify:
            titles = {field.key: field.title(language()) for field in CATALOGUE["parcel"]}
            words = t("splitting.to_verify", fields=fields_words(preview.to_verify, titles))
            self._results.addWidget(Label(words, "caption", wrap=True))

    def _sums(self, preview: JoinPreview) -> Sequence[KeyValue]:
        rows = []
        for name, amount in preview.sums.items():
            field = CATALOGUE["parcel"][name]
            known = [parcel.get(name) for parcel in preview.parcels]
            if not any(value is not None for value in known):
                continue
            unit = t(f"ledger.unit.{field.shown_unit}")
            words = t("splitting.join_unknown")
            if amount is not None:
                words = f"{shown(amount, field, language())} {unit}"
            tone = "" if amount is not None else "warn"
            rows.append(KeyValue(field.title(language()), words, tone))
        return rows

    def _choices(self, preview: JoinPreview) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.current().px(10))
        grid.setVerticalSpacing(theme.current().px(6))
        ledger = self._context.services.querying.ledger()
        for at, (name, values) in enumerate(preview.differing.items()):
            field = ledger.catalogue["parcel"][name]
            items = [("", t("splitting.join_leave"))]
            for parcel, value in zip(preview.parcels, values, strict=True):
                if value is not None:
                    words = shown(value, field, language())
                    whose = parcel.text("code") or parcel.label
                    items.append((parcel.key, t("ui.with_note", text=words, note=whose)))
            box = ChoiceBox(field.title(language()), items)
            self.takes[name] = box
            label = Label(field.title(language()), "caption", wrap=True)
            label.setBuddy(box)
            grid.addWidget(label, at, 0)
            grid.addWidget(box, at, 1)
        grid.setColumnStretch(1, 1)
        return grid

    @Slot()
    def _on_reason(self) -> None:
        failed = self.preview.failed if self.preview else ()
        given = bool(self.reason.text().strip())
        self.reason.setVisible(bool(failed))
        if failed and not given:
            self.set_note(t("splitting.reason_needed", count=len(failed)), "danger")
        else:
            self.set_note(t("splitting.undoable" if self.preview else "splitting.join_first"))
        self.join_button.setEnabled(self.preview is not None and (not failed or given))

    @Slot()
    def _on_join(self) -> None:
        try:
            key = self._context.services.splitting.join(
                self.plan(), self.reason.text().strip(), self._context.as_of
            )
        except UserError as error:
            self.set_note(sentence(error), "danger")
            return
        self.close_dialog()
        self.done.emit(key)


def _line(name: str, text: str) -> QLineEdit:
    line = QLineEdit(text)
    line.setAccessibleName(name)
    return line
