# SPDX-License-Identifier: MIT
"""What a list tells without a column for it: land called by its place, the kind of a burden."""

import re
from collections import Counter
from itertools import product

from workbench.application.imports.preview import ColumnData
from workbench.domain.fields import Entity, Field
from workbench.domain.parsing.parsed import notice, warning
from workbench.domain.parsing.text import plain, shown
from workbench.domain.tables.context import owner_in
from workbench.domain.tables.finder import Table
from workbench.domain.values import Origin

_RELEASED = re.compile("是否(?:已)?(?:解|注销|涂销)|(?:解[押封除]|注销)情况")
_QUEUE = "轮候查封"
_QUEUED = re.compile("轮候|轮封")
_YES = frozenset({"是", "已", "y", "yes", "√", "true", "1"})
_NO = frozenset({"否", "未", "n", "no", "×", "false", "0"})
_BURDENS = {"抵押": "抵押", "查封": "查封", "冻结": "冻结", "涉诉": "诉讼", "诉讼": "诉讼"}
"""What headings and titles call a burden, and its kind."""
_PERHAPS = {
    "他项": "抵押", "设押": "抵押", "担保": "抵押", "解封": "查封", "保全": "查封", "轮候": "查封",
    "执行": "查封", "涉案": "诉讼",
}  # fmt: skip
"""Words that tell a burden where none of the others does."""
_BY_WORDS = (
    ("查封", re.compile("人民法院|公安|[执保财]字?第?\\d|执行")),
    ("抵押", re.compile("银行|信用社|信托|抵字?第|押字?第|最高额")),
)
"""What the words of a row suggest of its burden where nothing else tells it."""
_PLACE = "location"


def add_what_lists_tell(table: Table, spec: Entity, columns: dict[str, ColumnData]) -> None:
    """Add the name, kind or standing that a list states elsewhere, each with a remark."""
    nameless = not any(name in columns for name in spec.required_any)
    if nameless and _PLACE in columns and _PLACE in spec.named_by:
        columns["name"] = _called(columns[_PLACE], spec["name"], "named_by_location")
    elif nameless and _PLACE in spec.named_by and (firm := _firm_of(columns)) is not None:
        columns["name"] = _called(firm, spec["name"], "named_by_firm")
    if spec.key == "finance" and "enterprise" not in columns:
        _add_firm(table, columns, spec["enterprise"])
    if spec.key == "encumbrance":
        _add_kind(table, columns, spec["kind"])
        _add_queued(table, columns)
        if (status := columns.get("status")) is not None:
            _read_released(table, status)


def _firm_of(columns: dict[str, ColumnData]) -> ColumnData | None:
    """Return the column of firms that tells each record of a list apart: whose land it is."""
    for name in ("occupier", "right_holder"):
        data = columns.get(name)
        firms = [value for value in data.values if value is not None] if data else []
        if firms and len(set(firms)) == len(firms):
            return data
    return None


def _called(said: ColumnData, field: Field, code: str) -> ColumnData:
    """Call each record by where it lies, or by whose it is, as a register without names does.

    Two rooms of one house lie at one place: whether they are two houses is a person's to say.
    """
    data = ColumnData(field, None, "", list(said.values))
    often = {value for value, count in Counter(said.values).items() if count > 1}
    for index, value in enumerate(said.values):
        if value is not None:
            data.origins[index] = Origin(str(value))
            alike = value in often
            named = (
                warning("named_alike", text=str(value)) if alike else notice(code, text=str(value))
            )
            data.problems[index] = (named,)
    return data


def _add_firm(table: Table, columns: dict[str, ColumnData], field: Field) -> None:
    """Take the firm whose figures the title says a list of figures holds."""
    firm = owner_in(table.context.title) or owner_in(table.sheet.name)
    if firm:
        every = range(len(table.rows))
        said = (notice("from_group_label", text=firm),)
        columns[field.key] = ColumnData(
            field, None, "", [firm for _ in every], dict.fromkeys(every, Origin(firm)),
            dict.fromkeys(every, said),
        )  # fmt: skip


def _add_kind(table: Table, columns: dict[str, ColumnData], field: Field) -> None:
    """Take the kind of burden from headings, title or sheet where they speak of one only.

    Where a column gives the kind, it fills in for words that are none of the kinds, unless the
    column tells several: beside 职工债权 no 普通债权 is a mortgage.
    """
    heads = "".join(column.heading.text for column in table.columns)
    above = table.context.label + table.context.title + table.sheet.name
    for text, words in product((heads, above), (_BURDENS, _PERHAPS)):
        found = list({kind: None for word, kind in words.items() if word in text})
        if len(found) == 1:
            count = len(table.rows)
            data = columns.setdefault("kind", ColumnData(field, None, "", [None] * count))
            several = bool({*data.values} - {None, found[0]})
            for index, value in enumerate(data.values):
                if value is None and not several:
                    written = data.origins.get(index)
                    raw = written.raw if written is not None and written.raw else found[0]
                    data.values[index], data.origins[index] = found[0], Origin(raw)
                    data.problems[index] = (notice("from_group_label", text=found[0]),)
            return
    if "kind" not in columns:
        columns["kind"] = _ask_for_kinds(table, field)


def _ask_for_kinds(table: Table, field: Field) -> ColumnData:
    """Ask of each row which burden it is, with the one that its words speak of as a suggestion.

    A list whose kind nothing tells is kept with that gap, for its rows hold sums and creditors.
    """
    data = ColumnData(field, None, "", [None] * len(table.rows))
    for index, (_, row) in enumerate(table.rows):
        words = "".join(cell for cell in row if isinstance(cell, str))
        told = [kind for kind, pattern in _BY_WORDS if pattern.search(words)]
        suggestion = told[0] if len(told) == 1 else None
        data.problems[index] = (warning("kind_untold", suggestion),)
    return data


def _add_queued(table: Table, columns: dict[str, ColumnData]) -> None:
    """Take 第二轮候 in the column of ranks for a queued seizure, whose kind is 查封 at most."""
    ranks, kinds = columns.get("rank"), columns.get("kind")
    if ranks is None or ranks.column is None or kinds is None:
        return
    for index, (_, row) in enumerate(table.rows):
        raw = row[ranks.column.position]
        if isinstance(raw, str) and _QUEUED.search(raw) and kinds.values[index] == "查封":
            kinds.values[index], kinds.origins[index] = _QUEUE, Origin(raw)
            if kinds.column is not None:
                said = notice("queued_by_rank", text=raw.strip())
                kinds.problems[index] = (*kinds.problems.get(index, ()), said)


def _read_released(table: Table, status: ColumnData) -> None:
    """Read 是 under 是否解押 as released; the same word under 是否有效 would say the contrary."""
    column = status.column
    if column is None or not _RELEASED.search(column.heading.text):
        return
    for index, (_, row) in enumerate(table.rows):
        raw = shown(row[column.position])
        word = plain(raw)
        if word in _YES | _NO:
            status.values[index] = "已解除" if word in _YES else "有效"
            status.origins[index] = Origin(raw)
            status.problems.pop(index, None)
