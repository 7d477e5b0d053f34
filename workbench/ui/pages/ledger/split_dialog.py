# SPDX-License-Identifier: MIT
"""The dialog that divides a parcel: parts, what goes where, and what it comes to, while typing."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from workbench.application.ledger.splitting import SplitPreview
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.display import choice_title, grouped
from workbench.domain.findings import UserError
from workbench.domain.parcels.parts import SplitPlan
from workbench.domain.records.ledger import Record
from workbench.domain.values import mu
from workbench.ui.context import UiContext
from workbench.ui.errors import sentence
from workbench.ui.look import theme
from workbench.ui.pages.ledger.land_checks import (
    fields_words,
    minimum_words,
    ratio_cell,
    verdict,
    verdict_cell,
)
from workbench.ui.pages.ledger.split_part import PartLine
from workbench.ui.texts import language, t
from workbench.ui.typed.kept_typing import KeptTyping
from workbench.ui.widgets.banner import Banner
from workbench.ui.widgets.box import Box, ScrollPage, clear_layout
from workbench.ui.widgets.buttons import Button, IconButton
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.dialog import Dialog
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.read_table import Cell, Column, ReadTable, Row

_SETTLES_MS = 150
_FEWEST = 2


class SplitDialog(Dialog):
    """Divides one parcel; ``done`` carries the keys of the new ones."""

    done = Signal(list)

    def __init__(self, context: UiContext, host: QWidget, parcel: Record) -> None:
        super().__init__(host, t("splitting.title", name=parcel.label), width=880, height=760)
        self._context = context
        self._parcel = parcel
        ledger = context.services.querying.ledger()
        self._buildings = ledger.pointing_at("building", "parcel", parcel.key)
        rows = ledger.pointing_at("encumbrance", "parcel", parcel.key)
        self._limits = [row for row in rows if row.get("building") is None]
        self.parts: list[PartLine] = []
        self.homes: dict[str, ChoiceBox] = {}
        self.stays: dict[str, list[QCheckBox]] = {}
        self.preview: SplitPreview | None = None
        self._page = ScrollPage("surface", margins=(0, 0, 10, 0), spacing=12)
        self.body.addWidget(self._page, 1)
        self._page.add(Label(self._about(), "caption", wrap=True))
        self._solve = Banner("", "warn", title=t("splitting.solve_first"))
        self._page.add(self._solve)
        self._forms = QVBoxLayout()
        self._forms.setSpacing(theme.current().px(12))
        self._page.add(self._forms)
        self._results = self._make_results()
        self._page.add(self._results)
        self._page.content.addStretch(1)
        self.reason = QLineEdit()
        self.reason.setAccessibleName(t("splitting.reason"))
        self.reason.setPlaceholderText(t("splitting.reason_hint"))
        self.reason.textChanged.connect(self._on_reason)
        self.body.addWidget(self.reason)
        self.add_cancel()
        self.split_button = self.add_button("", "primary", icon="scissors")
        self.split_button.clicked.connect(self._on_split)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(_SETTLES_MS)
        self._clock.timeout.connect(self.recompute)
        code = parcel.text("code") or parcel.label
        for letter in "AB":
            self.parts.append(PartLine(len(self.parts) + 1, f"{code}{letter}"))
        self._kept: KeptTyping | None = None
        self._lay_out()
        self._kept = KeptTyping(context, self, f"split:{parcel.key}", self._typed, self._type)
        self.reason.textChanged.connect(self._kept.keep)

    # ---- what is typed

    def _typed(self) -> dict[str, Any]:
        return {"reason": self.reason.text(), "parts": [line.typed() for line in self.parts]}

    def _type(self, state: Mapping[str, Any]) -> None:
        """Put words back that were typed before and not kept."""
        self.reason.setText(state["reason"])
        self.parts = [PartLine(at, *words) for at, words in enumerate(state["parts"], start=1)]
        self._lay_out()

    def plan(self) -> SplitPlan:
        """Return the split as it is typed; RefusedError when an area cannot be read."""
        parts = []
        for at, line in enumerate(self.parts):
            buildings = tuple(key for key, box in self.homes.items() if box.chosen() == str(at))
            parts.append(line.part(buildings))
        stays = {
            key: tuple(at for at, box in enumerate(boxes) if box.isChecked())
            for key, boxes in self.stays.items()
        }
        return SplitPlan(self._parcel.key, tuple(parts), stays)

    @Slot()
    def recompute(self) -> None:
        """Show what the split comes to, or why it does not add up."""
        self._clock.stop()
        if self._kept is not None:
            self._kept.keep()
        self.split_button.set_text(t("splitting.split_into", n=len(self.parts)))
        try:
            self.preview = self._context.services.splitting.preview(
                self.plan(), self._context.as_of
            )
        except UserError as error:
            self.preview = None
            begun = any(line.area.text() for line in self.parts)
            self.set_note(sentence(error), "danger" if begun else "")
            self.split_button.setEnabled(False)
            self._results.hide()
            self._solve.hide()
            self.reason.setVisible(bool(self.reason.text()))
            return
        self._show(self.preview)

    # ---- layout

    def _lay_out(self) -> None:
        """Lay the inputs out anew, keeping what was typed."""
        chosen = {key: box.chosen() for key, box in self.homes.items()}
        ticked = {key: [b.isChecked() for b in boxes] for key, boxes in self.stays.items()}
        clear_layout(self._forms)
        self._forms.addWidget(self._part_grid())
        if self._buildings:
            self._forms.addWidget(self._building_grid(chosen))
        if self._limits:
            self._forms.addWidget(self._limit_grid(ticked))
        self.recompute()

    def _grid(self, title: str) -> tuple[Box, QGridLayout]:
        px = theme.current().px
        box = Box(spacing=6)
        box.add(Label(title, "strong"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(8))
        grid.setVerticalSpacing(px(6))
        box.add(grid)
        return box, grid

    def _part_grid(self) -> Box:
        box, grid = self._grid(t("splitting.parts"))
        for column, name in enumerate(("code", "name", "area", "transfers")):
            grid.addWidget(Label(t(f"splitting.input.{name}"), "caption"), 0, column)
        for at, old in enumerate(self.parts):
            line = self._renewed(at, old)
            for column, editor in enumerate(line.editors()):
                grid.addWidget(editor, at + 1, column)
            if len(self.parts) > _FEWEST:
                gone = IconButton("x", t("splitting.remove_part", n=at + 1), compact=True)
                gone.setProperty("at", at)
                gone.clicked.connect(self._on_remove)
                grid.addWidget(gone, at + 1, 4)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        grid.setColumnStretch(2, 2)
        more = Button(t("splitting.add_part"), "ghost", icon="plus")
        more.clicked.connect(self._on_add)
        grid.addWidget(more, len(self.parts) + 1, 0, Qt.AlignmentFlag.AlignLeft)
        return box

    def _renewed(self, at: int, old: PartLine) -> PartLine:
        """Return new inputs with the words of the old: the old ones go with their layout."""
        line = PartLine(at + 1, *old.typed())
        for editor in (line.code, line.name, line.area):
            editor.textChanged.connect(self._clock.start)
        line.transfers.toggled.connect(self._clock.start)
        line.code.editingFinished.connect(self._name_parts)
        self.parts[at] = line
        return line

    def _building_grid(self, chosen: dict[str, str]) -> Box:
        box, grid = self._grid(t("splitting.buildings"))
        self.homes = {}
        for at, building in enumerate(self._buildings):
            area = building.number("gfa_actual") or building.number("gfa_cert")
            words = "" if area is None else f"{grouped(area, 0)} ㎡"
            home = ChoiceBox(t("splitting.home_of", name=building.label))
            home.set_items(self._homes(), chosen.get(building.key, ""))
            home.currentIndexChanged.connect(self._clock.start)
            self.homes[building.key] = home
            grid.addWidget(Label(building.label), at, 0)
            grid.addWidget(Label(words, "hint"), at, 1)
            grid.addWidget(home, at, 2)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 3)
        return box

    def _limit_grid(self, ticked: dict[str, list[bool]]) -> Box:
        box, grid = self._grid(t("splitting.limits"))
        self.stays = {}
        row_kinds = CATALOGUE["encumbrance"]["kind"]
        for at, row in enumerate(self._limits):
            amount = row.number("amount")
            kind = choice_title(row.text("kind") or "", row_kinds, language())
            words = [kind, row.text("case_no") or row.text("holder") or ""]
            money = (
                "" if amount is None else f"{grouped(amount / 10000, 2)} {t('ledger.unit.万元')}"
            )
            grid.addWidget(Label(t("ui.gap").join(filter(None, words)), wrap=True), at, 0)
            grid.addWidget(Label(money, "hint"), at, 1, Qt.AlignmentFlag.AlignRight)
            before = ticked.get(row.key, [])
            boxes = []
            for number, line in enumerate(self.parts):
                tick = QCheckBox(line.code.text())
                tick.setAccessibleName(
                    t("splitting.stays_on", name=row.label, part=line.code.text())
                )
                tick.setChecked(before[number] if number < len(before) else True)
                tick.toggled.connect(self._clock.start)
                grid.addWidget(tick, at, 2 + number)
                boxes.append(tick)
            self.stays[row.key] = boxes
        grid.setColumnStretch(0, 1)
        return box

    def _homes(self) -> list[tuple[str, str]]:
        parts = [(str(at), line.code.text()) for at, line in enumerate(self.parts)]
        return [("", t("splitting.no_home")), *parts]

    def _make_results(self) -> Box:
        box = Box(spacing=8)
        box.add(Label(t("splitting.result"), "strong"))
        columns = (
            Column(t("splitting.column.code"), share=2),
            Column(t("splitting.column.area"), 96, right=True),
            Column(t("splitting.column.price"), 128, right=True),
            Column(t("splitting.column.far"), 76, right=True),
            Column(t("splitting.column.density"), 76, right=True),
            Column(t("splitting.column.rules"), share=5),
        )
        self.table = ReadTable(t("splitting.result"), columns)
        box.add(self.table)
        self._notes = Label("", "caption", wrap=True)
        box.add(self._notes)
        return box

    # ---- showing

    def _about(self) -> str:
        area, price = self._parcel.number("area_cert"), self._parcel.number("grant_price")
        end = self._parcel.day("end_on")
        words = [
            "" if area is None else t("splitting.about_area", mu=grouped(mu(area), 2),
                                      m2=grouped(area, 2)),
            "" if price is None else t("splitting.about_price", wan=grouped(price / 10000, 2)),
            "" if end is None else t("splitting.about_end", day=end),
        ]  # fmt: skip
        return t("ui.gap").join(filter(None, words))

    def _show(self, preview: SplitPreview) -> None:
        self._results.show()
        rows = []
        for at, item in enumerate(preview.parts):
            land = item.amounts.get("area_cert", item.amounts.get("area_actual"))
            price = item.amounts.get("grant_price")
            rows.append(Row(str(at), (
                Cell(item.part.code, item.part.name, strong=True),
                Cell("—" if land is None else grouped(mu(land), 2),
                     "" if land is None else f"{grouped(land, 2)} ㎡"),
                Cell("—" if price is None else grouped(price / 10000, 2)),
                ratio_cell(item.figures.far),
                ratio_cell(item.figures.density, percent=True),
                verdict_cell(item.figures.checks),
            )))  # fmt: skip
        self.table.set_rows(rows)
        self._notes.setText("\n".join(self._words(preview)))
        self._show_solve(preview)
        self.reason.setVisible(bool(preview.failed))
        self._on_reason()

    def _words(self, preview: SplitPreview) -> list[str]:
        """Return what else the person should know before doing it."""
        titles = {field.key: field.title(language()) for field in CATALOGUE["parcel"]}
        words = [t("splitting.adds_up")]
        if preview.rounding:
            words.append(t("splitting.rounded", m2=f"{abs(preview.rounding):f}".rstrip("0")))
        if preview.self_hold is not None:
            words.append(verdict(preview.self_hold))
        words.append(minimum_words(preview.minimum))
        if preview.to_verify:
            fields = fields_words(preview.to_verify, titles)
            words.append(t("splitting.to_verify", fields=fields))
        if preview.ended_valuations:
            words.append(t("splitting.valuations_end", n=len(preview.ended_valuations)))
        return words

    def _show_solve(self, preview: SplitPreview) -> None:
        pathways = self._context.services.content.pathways
        lines = []
        for check in preview.pathway.to_fix:
            way = pathways.get(check.way_out)
            first = (
                t("encumbrances.solve", code=way.code, name=way.name.get(language())) if way else ""
            )
            lines.append(t("ui.gap").join(filter(None, (check.text.get(language()), first))))
        self._solve.set_notice("\n".join(lines), "warn", title=t("splitting.solve_first"))
        self._solve.setVisible(bool(lines))

    # ---- doing

    @Slot()
    def _on_reason(self) -> None:
        """Say what is not met; doing it all the same needs a reason."""
        failed = self.preview.failed if self.preview else ()
        given = bool(self.reason.text().strip())
        self.reason.setVisible(bool(failed) or given)
        if failed and not given:
            self.set_note(t("splitting.reason_needed", count=len(failed)), "danger")
        else:
            self.set_note(t("splitting.undoable"))
        self.split_button.setEnabled(self.preview is not None and (not failed or given))

    @Slot()
    def _on_add(self) -> None:
        code = self._parcel.text("code") or self._parcel.label
        letter = chr(ord("A") + len(self.parts)) if len(self.parts) < 26 else ""
        self.parts.append(PartLine(len(self.parts) + 1, f"{code}{letter}"))
        self._lay_out()

    @Slot()
    def _on_remove(self) -> None:
        at = int(self.sender().property("at"))
        del self.parts[at]
        for boxes in self.stays.values():
            del boxes[at]
        self._lay_out()

    @Slot()
    def _name_parts(self) -> None:
        """Let the choices follow a changed code."""
        for box in self.homes.values():
            for at, line in enumerate(self.parts):
                box.setItemText(at + 1, line.code.text())
        for boxes in self.stays.values():
            for tick, line in zip(boxes, self.parts, strict=True):
                tick.setText(line.code.text())

    @Slot()
    def _on_split(self) -> None:
        self.recompute()
        if not self.split_button.isEnabled():
            return
        try:
            keys = self._context.services.splitting.split(
                self.plan(), self.reason.text().strip(), self._context.as_of
            )
        except UserError as error:
            self.set_note(sentence(error), "danger")
            return
        self.close_dialog()
        self.done.emit(list(keys))
