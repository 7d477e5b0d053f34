# SPDX-License-Identifier: MIT
"""The scenarios of the park as tabs, and what can be done with the one that is shown."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal, Slot

from workbench.application.money.scenarios import scored_by
from workbench.application.ports import Progress
from workbench.domain.findings import UserError
from workbench.domain.records.ledger import Record
from workbench.ui.context import UiContext
from workbench.ui.errors import sentence
from workbench.ui.file_dialogs import choose_target
from workbench.ui.look import theme
from workbench.ui.pages.scenario.dialogs import NameDialog, NewScenarioDialog
from workbench.ui.pages.scenario.link import link_words
from workbench.ui.texts import t, texts_in_use
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import IconButton, Tabs
from workbench.ui.widgets.choice_box import ChoiceBox
from workbench.ui.widgets.dialog import Confirmation

_NEW = "new"
_ROOM, _AROUND, _LETTERS = 560, 28, 24
"""Tabs that ask for more room become a list, so that many scenarios never widen the page."""


class ScenarioBar(Box):
    """Emits ``chosen`` with the key of a scenario; ``leaving`` before the shown one is left."""

    chosen = Signal(str)
    leaving = Signal()

    def __init__(self, context: UiContext) -> None:
        super().__init__("plain", horizontal=True, spacing=8)
        self._context = context
        self._record: Record | None = None
        self.tabs = Tabs([])
        self.box = ChoiceBox(t("scenario.name"))
        self.box.setSizeAdjustPolicy(
            ChoiceBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.box.setMinimumContentsLength(_LETTERS)
        self.box.activated.connect(self._on_box)
        self.vary = IconButton("copy", t("scenario.vary"))
        self.rename = IconButton("pencil", t("scenario.rename"))
        self.remove = IconButton("trash-2", t("scenario.remove"))
        self.export = IconButton("file-spreadsheet", t("scenario.export"))
        self.add(self.tabs)
        self.add(self.box)
        for button in (self.vary, self.rename, self.remove, self.export):
            self.add(button)
        self.add_stretch()
        self.tabs.chosen.connect(self._on_tab)
        self.vary.clicked.connect(self._on_vary)
        self.rename.clicked.connect(self._on_rename)
        self.remove.clicked.connect(self._on_remove)
        self.export.clicked.connect(self._on_export)

    def set_scenarios(self, records: list[Record], shown: Record) -> None:
        """Offer other scenarios, one of which is shown."""
        self._record = shown
        items = [(record.key, record.label) for record in records]
        items.append((_NEW, t("scenario.new_tab")))
        width = theme.current().metrics("body").horizontalAdvance
        wide = sum(width(name) + theme.current().px(_AROUND) for _, name in items)
        fits = wide <= theme.current().px(_ROOM)
        self.tabs.setVisible(fits)
        self.box.setVisible(not fits)
        self.tabs.set_items(items if fits else [], shown.key)
        self.box.set_items(items, shown.key)

    @Slot()
    def _on_box(self) -> None:
        self._on_tab(self.box.chosen())

    @Slot(str)
    def _on_tab(self, key: str) -> None:
        if key == _NEW:
            self.begin()
        else:
            self.leaving.emit()
            self.chosen.emit(key)

    @Slot()
    def begin(self) -> None:
        """Ask for a new scenario."""
        if self._record is not None:
            self.tabs.set_current(self._record.key)
            self.box.choose(self._record.key)
        dialog = NewScenarioDialog(self._context)
        dialog.made.connect(self._on_made)
        dialog.open()

    @Slot(object)
    def _on_made(self, record: Record) -> None:
        self.chosen.emit(record.key)

    @Slot()
    def _on_vary(self) -> None:
        if self._record is not None:
            self.leaving.emit()
            name = t("scenario.variant_of", name=self._record.label)
            self._ask_name(t("scenario.vary"), name, self._on_varied)

    @Slot()
    def _on_rename(self) -> None:
        if self._record is not None:
            self._ask_name(t("scenario.rename"), self._record.label, self._on_renamed)

    def _ask_name(self, title: str, name: str, act: Callable[[str], None]) -> None:
        self._dialog = NameDialog(self._context, title, name, title)
        self._dialog.named.connect(act)
        self._dialog.open()

    @Slot(str)
    def _on_varied(self, name: str) -> None:
        self._do(lambda record: self._context.services.scenarios.vary(record, name))

    @Slot(str)
    def _on_renamed(self, name: str) -> None:
        change = self._context.services.scenarios.change
        self._do(lambda record: change(record, {"name": name}))

    def _do(self, act: Callable[[Record], Record]) -> None:
        """Do what the dialog asks; a refusal stays in it."""
        if self._record is None:
            return
        try:
            record = act(self._record)
        except UserError as error:
            self._dialog.set_note(sentence(error), "danger")
            return
        self._dialog.close_dialog()
        self.chosen.emit(record.key)

    @Slot()
    def _on_remove(self) -> None:
        if self._record is None:
            return
        count = len(self._context.services.scenarios.variants(self._record))
        words = t("scenario.remove_text", name=self._record.label, n=count)
        if scored_by(self._record):
            pathways, assessment = link_words(self._context, self._record)
            scores = t("scenario.remove_scores", pathways=pathways, assessment=assessment)
            words = f"{words}\n\n{scores}"
        dialog = Confirmation(
            self._context.shell.dialog_host,
            t("scenario.remove"),
            words,
            t("scenario.remove"),
            self._on_removed,
        )
        dialog.open()

    @Slot()
    def _on_removed(self) -> None:
        if self._record is not None:
            self._context.services.scenarios.remove(self._record)

    @Slot()
    def _on_export(self) -> None:
        """Write the scenarios of the park as a workbook whose formulas recompute."""
        self.leaving.emit()
        context = self._context
        label = context.park.label if context.park else ""
        name = f"{label}{t('scenario.export_name')}.xlsx"
        target = choose_target(self, t("scenario.export"), name, t("scenario.export_kind"))
        if not target:
            return
        records = list(context.services.scenarios.all(context.park_key or None))
        work = partial(_exported, context.services.reports.scenarios.export, records, target, label)
        context.run(t("scenario.export"), work).succeeded.connect(self._on_exported)

    @Slot(object)
    def _on_exported(self, target: str) -> None:
        self._context.shell.show_toast(t("scenario.exported", path=target))


def _exported(
    export: Callable[..., int], records: list[Record], target: str, park: str, progress: Progress
) -> str:
    export(records, target, texts_in_use(), park, progress)
    return target
