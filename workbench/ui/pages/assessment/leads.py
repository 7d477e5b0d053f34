# SPDX-License-Identifier: MIT
"""Where the links of the assessment page lead: the ledger, the case library, the scenarios."""

from PySide6.QtCore import QObject, Slot

from workbench.ui.context import UiContext


class Leads(QObject):
    """Goes to other pages for the tabs, which only ask."""

    def __init__(self, context: UiContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    @Slot()
    def to_ledger(self) -> None:
        """Go to the ledger as it is."""
        self._context.shell.go("ledger")

    @Slot(str)
    def to_cell(self, target: str) -> None:
        """Go to a cell of the park that is shown."""
        self._context.shell.go("ledger", target)

    @Slot(str)
    def to_any_park(self, target: str) -> None:
        """Go to a ledger cell of any park; the ledger shows one park at a time."""
        entity, key, *_ = target.split(":")
        ledger = self._context.services.querying.ledger()
        record = ledger.find(entity, key)
        park = ledger.park_of(record) if record is not None else None
        if park is not None and park.key != self._context.park_key:
            self._context.choose_park(park.key)
        self._context.shell.go("ledger", target)

    @Slot(str)
    def to_case(self, case_id: str) -> None:
        """Go to a case in the library."""
        self._context.shell.go("cases", case_id)

    @Slot(str)
    def to_scenario(self, key: str) -> None:
        """Go to a scenario."""
        self._context.shell.go("scenario", key)
