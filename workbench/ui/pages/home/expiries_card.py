# SPDX-License-Identifier: MIT
"""Encumbrances by end date: the card of the overview and the whole list."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from workbench.domain.records.expiries import Expiry
from workbench.ui.context import UiContext
from workbench.ui.pages.ledger.burden_box import STAGE_TONES, days_words, kind_words
from workbench.ui.texts import t
from workbench.ui.widgets.buttons import Button
from workbench.ui.widgets.card import Card
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row

SHOWN = 5


class ExpiryTable(ReadTable):
    """Encumbrances, overdue first; a row opens the encumbrance."""

    def __init__(self, *, fits: bool) -> None:
        columns = [
            Column(t("encumbrances.column.stage"), 132),
            Column(t("encumbrances.column.end_on"), 128),
            Column(t("encumbrances.column.asset"), share=2),
            Column(t("encumbrances.column.kind"), share=3),
            Column(t("encumbrances.column.order"), 116),
        ]
        super().__init__(t("encumbrances.list"), columns, fits=fits, opens=True)

    def show_expiries(self, found: Sequence[Expiry]) -> None:
        """Show encumbrances."""
        self.set_rows([_row(item) for item in found])


class ExpiriesCard(Card):
    """The next ends of encumbrances; ``all_asked`` for the whole list, ``target_asked`` for one."""

    all_asked = Signal()
    target_asked = Signal(str)

    def __init__(self, context: UiContext, found: Sequence[Expiry]) -> None:
        more = Button(t("encumbrances.all_n", n=len(found)), "link")
        subtitle = t("encumbrances.subtitle", as_of=context.as_of)
        super().__init__(t("encumbrances.title"), subtitle, actions=[more])
        more.clicked.connect(self.all_asked)
        more.setVisible(len(found) > 0)
        self.table = ExpiryTable(fits=True)
        self.table.row_opened.connect(self._on_opened)
        self.table.show_expiries(found[:SHOWN])
        if found:
            self.add(self.table)
        else:
            self.add(Label(t("encumbrances.none"), "caption", wrap=True))
            self.table.setParent(self)
            self.table.hide()
        renewals = sum(item.renewal for item in found)
        if renewals:
            self.add(Label(t("encumbrances.renewals", n=renewals), "caption", tone="danger"))

    @Slot(str)
    def _on_opened(self, key: str) -> None:
        self.target_asked.emit(f"encumbrance:{key}:end_on")


class ExpiriesDialog(Dialog):
    """The whole list of one park."""

    target_asked = Signal(str)

    def __init__(self, context: UiContext, host: QWidget) -> None:
        super().__init__(host, t("encumbrances.list"), width=900, height=640)
        found = context.services.encumbrances.expiries(context.park_key, context.as_of)
        words = t("encumbrances.subtitle", as_of=context.as_of) if found else t("encumbrances.none")
        self.body.addWidget(Label(words, "caption", wrap=True))
        self.table = ExpiryTable(fits=False)
        self.table.row_opened.connect(self._on_opened)
        self.table.show_expiries(found)
        self.body.addWidget(self.table, 1)
        if renewals := sum(item.renewal for item in found):
            self.set_note(t("encumbrances.renewals", n=renewals), "danger")
        self.add_button(t("ui.close"), "primary").clicked.connect(self.close_dialog)

    @Slot(str)
    def _on_opened(self, key: str) -> None:
        self.close_dialog()
        self.target_asked.emit(f"encumbrance:{key}:end_on")


def _row(item: Expiry) -> Row:
    end = item.row.day("end_on")
    order = ""
    if item.order is not None:
        first = item.order == 1
        order = t("encumbrances.first") if first else t("encumbrances.queued", n=item.order - 1)
    detail = t("encumbrances.renewal") if item.renewal else ""
    return Row(item.row.key, (
        Cell(t(f"encumbrances.stage.{item.stage}"), tone=STAGE_TONES[item.stage], pill=True),
        Cell("—" if end is None else end.isoformat(), days_words(item)),
        Cell(item.asset.label if item.asset else "—"),
        Cell(kind_words(item.row), detail),
        Cell(order or "—"),
    ))  # fmt: skip
