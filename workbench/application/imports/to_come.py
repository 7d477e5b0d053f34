# SPDX-License-Identifier: MIT
"""Rows about what is not there: a house not built yet or pulled down, a tenant not in or gone.

They are shown under review, for nobody may read a plan, or the past, as what is there.
"""

import re
from dataclasses import dataclass

from workbench.application.imports.no_houses import leave_to_person
from workbench.application.imports.preview import ColumnData, Outcome, TablePreview
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.parsing.cells import parse
from workbench.domain.parsing.parsed import warning
from workbench.domain.parsing.standing import (
    foreseen_in_name,
    foreseen_in_title,
    gone_in_name,
)

_NAMED_BY = {"building": "name", "facility": "name", "unit": "unit_no", "lease": "tenant"}
"""Kinds of which a ledger lists planned ones too, and the field that says so."""
_STATES = {"building": "use_status", "facility": "status"}
_ONLY_PLANNED = re.compile("(?:拟|待|未|筹|计划|规划)(?:新?建设?|中)?")
_ASIDE = re.compile(r"[(（]([^()（）]+)[)）]$")
_KEPT_AS_PLANNED = frozenset({"规划", "在建"})
"""States of the ledger that say themselves that the thing is not there."""


@dataclass(frozen=True, slots=True)
class _Rows:
    """What the rows of a table are called and in which state they are; whether all are planned."""

    names: ColumnData
    states: ColumnData | None
    listed: bool

    def planned(self, preview: TablePreview, index: int) -> ColumnData | None:
        """Return the column in which a row says that it is to come, if it does."""
        state = self.states.values[index] if self.states else None
        if state in _KEPT_AS_PLANNED:
            return None
        name = self.names.values[index]
        in_list = self.listed and state is None
        if isinstance(name, str) and (in_list or foreseen_in_name(self.names.field, name)):
            return self.names
        if self.states is not None and state is None:
            said = preview.raw(index, self.states.field.key).strip()
            return self.states if _ONLY_PLANNED.fullmatch(said) else None
        return None

    def gone(self, index: int) -> bool:
        """Tell whether a row's name says that it was there, and no state of its own says more."""
        state, name = self.states.values[index] if self.states else None, self.names.values[index]
        return state is None and isinstance(name, str) and gone_in_name(self.names.field, name)


def review_what_is_to_come(preview: TablePreview) -> None:
    """Put the new rows under review that are planned, or gone, by their own words or title."""
    names = preview.columns.get(_NAMED_BY.get(preview.entity, ""))
    if names is None:
        return
    about = preview.table.context
    listed = foreseen_in_title(f"{about.title} {about.label} {preview.table.sheet.name}")
    rows = _Rows(names, preview.columns.get(_STATES.get(preview.entity, "")), listed)
    for index, outcome in enumerate(preview.outcomes):
        if outcome is Outcome.NEW and (said := rows.planned(preview, index)) is not None:
            text = preview.raw(index, said.field.key)
            leave_to_person(preview, index, said.field.key, text, "not_there_yet")
        elif outcome is Outcome.NEW and rows.gone(index):
            text = preview.raw(index, names.field.key)
            leave_to_person(preview, index, names.field.key, text, "there_no_more")


def ask_about_named_states(preview: TablePreview) -> None:
    """Suggest the state that a house's name tells where the ledger states none: 8#楼（在建）."""
    names, states = preview.columns.get("name"), preview.columns.get("use_status")
    field = CATALOGUE["building"]["use_status"]
    if preview.entity != "building" or names is None:
        return
    for index, name in enumerate(names.values):
        stated = states is not None and (states.values[index] or preview.raw(index, field.key))
        if stated or preview.outcomes[index] is not Outcome.NEW or not isinstance(name, str):
            continue
        said = _ASIDE.search(name)
        read = parse(field, said[1]) if said else None
        if said and read and isinstance(read.value, str) and not read.problems:
            problem = warning("name_tells_status", read.value, text=said[1])
            preview.row_problems.setdefault(index, []).append((field.key, problem))
