# SPDX-License-Identifier: MIT
"""The groups of a record's fields: which there are, and which fields each shows first."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup

from workbench.domain.fields import Entity, Field, Need
from workbench.domain.records.ledger import Record
from workbench.ui.look import theme
from workbench.ui.texts import t
from workbench.ui.widgets.box import Box
from workbench.ui.widgets.buttons import Button

MOST_VISIBLE = 7
_WIDTH = 150


def groups_of(entity: Entity) -> list[tuple[str, tuple[Field, ...]]]:
    """Return the fields by group, in the order of their declaration."""
    found: dict[str, list[Field]] = {}
    for field in entity:
        found.setdefault(field.group, []).append(field)
    return [(key, tuple(fields)) for key, fields in found.items()]


def fields_of(
    entity: Entity, group: str, record: Record, *, everything: bool
) -> tuple[list[Field], list[Field]]:
    """Return the fields of a group that are shown, and those behind a button.

    At most seven are shown at first: what is needed, then what is known, in declared order.
    """
    fields = list(dict(groups_of(entity))[group])
    if everything or len(fields) <= MOST_VISIBLE:
        return fields, []
    ranked = sorted(fields, key=lambda field: _rank(field, record))
    first = ranked[:MOST_VISIBLE]
    shown = [field for field in fields if field in first]
    return shown, [field for field in fields if field not in first]


def _rank(field: Field, record: Record) -> int:
    if field.need is not Need.OPTIONAL:
        return 0
    return 1 if record.get(field.key) is not None else 2


class GroupList(Box):
    """The names of the groups, one below the other; ``chosen`` carries a key."""

    chosen = Signal(str)

    def __init__(self, groups: Sequence[tuple[str, tuple[Field, ...]]]) -> None:
        super().__init__("plain", spacing=2)
        self._buttons: dict[str, Button] = {}
        self._titles: dict[str, str] = {}
        together = QButtonGroup(self)
        for key, fields in groups:
            title = f"{t(f'ledger.group.{key}')}  {len(fields)}"
            button = Button(title, "menuItem", checkable=True)
            button.setProperty("key", key)
            button.clicked.connect(self._on_clicked)
            together.addButton(button)
            self._buttons[key] = button
            self._titles[key] = title
            self.add(button)
        self.add_stretch()
        look = theme.current()
        widest = max(
            look.metrics("body").horizontalAdvance(title) for title in self._titles.values()
        )
        self.setFixedWidth(max(look.px(_WIDTH), round(widest) + look.px(40)))
        self.choose(groups[0][0])

    def current(self) -> str:
        """Return the key of the chosen group."""
        return next(key for key, button in self._buttons.items() if button.isChecked())

    def choose(self, key: str) -> None:
        """Choose a group without telling."""
        self._buttons[key].setChecked(True)

    def mark(self, keys: Collection[str]) -> None:
        """Mark the groups in which something was typed."""
        for key, button in self._buttons.items():
            button.set_text(f"{self._titles[key]}{' •' if key in keys else ''}")

    @Slot()
    def _on_clicked(self) -> None:
        self.chosen.emit(self.current())
