# SPDX-License-Identifier: MIT
"""How cases did what an item asks for: their steps on the pathways that the item is about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout

from workbench.application.checklist.sheet import ChecklistSheet
from workbench.domain.cases.case import Case
from workbench.domain.checklist.template import ALL, SOE, TRANS, TRANSFER_PATHWAYS, ChecklistItem
from workbench.ui.context import UiContext
from workbench.ui.look import theme
from workbench.ui.texts import language, t
from workbench.ui.widgets.box import Box, clear_layout
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.target_link import TargetLink

MOST = 3


@dataclass(frozen=True, slots=True)
class CaseHow:
    """What one case did on one pathway."""

    case_id: str
    case: str
    pathway: str
    text: str


def how_of(
    cases: Iterable[Case], item: ChecklistItem, pathways: Sequence[str], language: str
) -> tuple[CaseHow, ...]:
    """Return one step of each of the first cases that have one on the item's pathways."""
    wanted = _pathways(item, pathways)
    found = []
    for case in cases:
        step = next((step for step in case.steps if step.pathway in wanted), None)
        if step is not None:
            found.append(
                CaseHow(case.id, case.name.get(language), step.pathway, step.text.get(language))
            )
        if len(found) == MOST:
            break
    return tuple(found)


def _pathways(item: ChecklistItem, chosen: Sequence[str]) -> frozenset[str]:
    """Return the pathways that an item is about here; one opened by the ledger brings its own."""
    if {ALL, SOE}.intersection(item.paths):
        return frozenset(chosen)
    own = set(item.paths) | (TRANSFER_PATHWAYS if TRANS in item.paths else set())
    return frozenset(own.intersection(chosen) or own)


class CasesBox(Box):
    """The steps of matched cases, else of the library's; ``case_asked`` carries a case's id."""

    case_asked = Signal(str)

    def __init__(self, context: UiContext) -> None:
        super().__init__("plain", spacing=6)
        self._context = context
        self._of: tuple[ChecklistItem, tuple[str, ...]] | None = None
        self._shown: tuple[CaseHow, ...] | None = None
        self.add(Label(t("checklist_window.how"), "strong"))
        self._where = Label("", "hint", wrap=True)
        self.add(self._where)
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.current().px(6))
        self.add(self._list)
        context.assessed.changed.connect(self._on_assessed)

    def set_item(self, item: ChecklistItem, sheet: ChecklistSheet) -> None:
        """Show how cases did an item."""
        self._of = (item, sheet.pathways)
        self._show()

    def shown(self) -> tuple[CaseHow, ...]:
        """Return what is shown."""
        return self._shown or ()

    def _show(self) -> None:
        if self._of is None:
            return
        item, pathways = self._of
        draft = self._context.assessed.draft
        matched = [match.case for match in draft.matches] if draft else ()
        found = how_of(matched, item, pathways, language())
        key = "how_matched" if found else "how_library"
        if not found:
            library = self._context.services.cases.at_hand().values()
            found = how_of(library, item, pathways, language())
        self._where.setText(t(f"checklist_window.{key}" if found else "checklist_window.how_none"))
        if found == self._shown:
            return
        self._shown = found
        clear_layout(self._list)
        for how in found:
            link = TargetLink(f"{how.case_id}  {how.case}", how.case_id)
            link.setMinimumWidth(0)
            link.followed.connect(self.case_asked)
            self._list.addWidget(link)
            words = f"{how.pathway}{t('ui.gap')}{how.text}"
            self._list.addWidget(Label(words, "caption", wrap=True, selectable=True))

    @Slot()
    def _on_assessed(self) -> None:
        self._show()
