# SPDX-License-Identifier: MIT
"""Which parcels of a park to join with: ticked in a list that a search narrows."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox

from workbench.domain.display import grouped
from workbench.domain.records.ledger import Record
from workbench.domain.values import mu
from workbench.ui.look import theme
from workbench.ui.texts import t
from workbench.ui.widgets.box import Box, ScrollPage
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.search_box import SearchBox

_SHOWN = 6
_ROW = 26


class JoinChoice(Box):
    """Emits ``changed`` when a parcel is ticked or unticked; what is ticked stands first."""

    changed = Signal()

    def __init__(self, parcels: Sequence[Record], ticked: Collection[str]) -> None:
        super().__init__(spacing=6)
        self.ticks: dict[str, QCheckBox] = {}
        self._words: dict[str, str] = {}
        self.search = SearchBox(t("splitting.join_search"))
        self.search.searched.connect(self._narrow)
        self._list = ScrollPage("surface", margins=(2, 2, 8, 2), spacing=4)
        self._none = Label(t("splitting.join_not_found"), "caption", wrap=True)
        self._none.hide()
        self.add(Label(t("splitting.join_choose"), "strong"))
        self.add(self.search)
        self.add(self._list)
        self.add(self._none)
        for parcel in sorted(parcels, key=lambda row: row.key not in ticked):
            self._list.add(self._tick(parcel, parcel.key in ticked))
        self._list.content.addStretch(1)
        few = len(parcels) <= _SHOWN
        self.search.setHidden(few)
        self._list.setFixedHeight(theme.current().px(_ROW) * min(max(len(parcels), 1), _SHOWN))
        if not parcels:
            self._list.hide()
            self.add(Label(t("splitting.join_none"), "caption", wrap=True))

    def chosen(self) -> tuple[str, ...]:
        """Return the keys of the ticked parcels."""
        return tuple(key for key, tick in self.ticks.items() if tick.isChecked())

    def _tick(self, parcel: Record, ticked: bool) -> QCheckBox:
        area = parcel.number("area_cert")
        code = parcel.text("code") or ""
        words = (
            parcel.label,
            "" if code == parcel.label else code,
            "" if area is None else f"{grouped(mu(area), 2)} {t('ledger.unit.亩')}",
            parcel.text("location") or "",
        )
        tick = QCheckBox(t("ui.gap").join(filter(None, words)))
        tick.setChecked(ticked)
        tick.toggled.connect(self.changed)
        self.ticks[parcel.key] = tick
        self._words[parcel.key] = tick.text().casefold()
        return tick

    @Slot(str)
    def _narrow(self, words: str) -> None:
        """Show the parcels that hold the words, and those that are ticked."""
        found = 0
        for key, tick in self.ticks.items():
            holds = words.casefold() in self._words[key]
            found += holds
            tick.setVisible(holds or tick.isChecked())
        self._none.setHidden(bool(found))
