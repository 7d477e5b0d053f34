# SPDX-License-Identifier: MIT
"""A team's own views of the ledger tables: keeping, changing, renaming, deleting."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.application.history import History
from workbench.application.store_ports import NewUnitOfWork
from workbench.domain.findings import RefusedError
from workbench.domain.records.changes import ChangeSet, creation, update
from workbench.domain.records.ledger import Record
from workbench.domain.records.record_changes import deletion

ENTITY = "saved_view"


@dataclass(frozen=True, slots=True)
class SavedView:
    """One view of one table; ``layout`` is JSON that the screens write and read."""

    key: str
    sheet: str
    name: str
    layout: str


class SavedViews:
    """Keeps views as records of the project; every change is one named step."""

    def __init__(self, unit_of_work: NewUnitOfWork, history: History) -> None:
        self._unit_of_work = unit_of_work
        self._history = history

    def of_sheet(self, sheet: str) -> Sequence[SavedView]:
        """Return the views of a table in the order in which they were made."""
        return [_view(record) for record in self._stored() if record.get("sheet") == sheet]

    def keep(self, sheet: str, name: str, layout: str) -> str:
        """Keep a view, or change its namesake; return its key; RefusedError without a name."""
        name = name.strip()
        if not name:
            raise RefusedError("saved_views.needs_name")
        before = next((v for v in self.of_sheet(sheet) if v.name == name), None)
        values = {"sheet": sheet, "name": name, "layout": layout}
        if before is None:
            key = str(uuid.uuid4())
            change = creation(ENTITY, key, values)
            self._history.do(ChangeSet("saved_views.add", (change,), {"name": name}))
            return key
        changed = update(ENTITY, before.key, {**values, "layout": before.layout}, values)
        if changed is not None:
            self._history.do(ChangeSet("saved_views.change", (changed,), {"name": name}))
        return before.key

    def rename(self, key: str, name: str) -> None:
        """Give a view another name; RefusedError for one that another view has."""
        view, name = self._find(key), name.strip()
        if not name:
            raise RefusedError("saved_views.needs_name")
        if any(other.name == name and other.key != key for other in self.of_sheet(view.sheet)):
            raise RefusedError("saved_views.name_taken", name=name)
        change = update(ENTITY, key, {"name": view.name}, {"name": name})
        if change is not None:
            params = {"name": name, "old": view.name}
            self._history.do(ChangeSet("saved_views.rename", (change,), params))

    def delete(self, key: str) -> None:
        """Delete a view; the records it showed stay."""
        record = next(r for r in self._stored() if r.key == self._find(key).key)
        params = {"name": record.label}
        self._history.do(ChangeSet("saved_views.delete", (deletion(record),), params))

    def _find(self, key: str) -> SavedView:
        for record in self._stored():
            if record.key == key:
                return _view(record)
        raise RefusedError("saved_views.gone")

    def _stored(self) -> list[Record]:
        with self._unit_of_work() as work:
            return list(work.records.all(ENTITY))


def _view(record: Record) -> SavedView:
    sheet, name, layout = (record.text(field) or "" for field in ("sheet", "name", "layout"))
    return SavedView(record.key, sheet, name, layout)
