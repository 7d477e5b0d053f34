# SPDX-License-Identifier: MIT
"""Figures of a plan: told from present ones by their cells where the heading leaves it open."""

import re
from dataclasses import replace

from workbench.domain.fields import Entity, FieldType
from workbench.domain.parsing.standing import Standing, standing
from workbench.domain.tables.headings.kinds import LEADS
from workbench.domain.tables.headings.matcher import HeadingMatcher, Match
from workbench.domain.tables.table import Table

_LIMIT = re.compile(
    r"[≤≥<>＜＞]|不(?:大|小|高|低|超|少|多)[于过]|以[上下]|\d\s*[-—–~～至]\s*\d|下限|上限"
)
_PLAIN = 0.9
_RATIOS = frozenset({FieldType.NUMBER, FieldType.SHARE})


def settle_plans(table: Table, spec: Entity, matcher: HeadingMatcher) -> None:
    """Take 规划指标_容积率 for the plan's limit where most cells say ≤2.0, as no built one is."""
    for column in table.columns:
        if column.match is None or spec[column.match.field].type not in _RATIOS:
            continue
        if standing(spec[column.match.field].zh) is Standing.PLANNED:
            continue
        cells = [row[column.position] for _, row in table.rows]
        limits = sum(1 for cell in cells if isinstance(cell, str) and _LIMIT.search(cell))
        if limits * 2 <= len(cells) - cells.count("") - cells.count(None):
            continue
        taken = table.by_field()
        heading = replace(column.heading, parent=LEADS[Standing.PLANNED])
        for found in matcher.candidates(spec.key, heading):
            planned = standing(spec[found.field].zh) is Standing.PLANNED
            if planned and found.field not in taken:
                column.match = Match(found.field, _PLAIN, exact=False)
                break
