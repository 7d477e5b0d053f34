# SPDX-License-Identifier: MIT
"""Rubric, bounds and starting judgements of the ranking from TOML."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from workbench.domain.pathways.pathway import Criterion
from workbench.domain.ranking.pairwise import SAATY
from workbench.domain.ranking.rules import (
    ANCHORS,
    CRITERIA,
    Bounds,
    CriterionPair,
    RankingRules,
    RubricRow,
    criterion_pairs,
)
from workbench.files.content.reading import ContentError, Table, entries, only

RANKING = "ranking.toml"


def read_ranking(document: Mapping[str, Any], pathways: Collection[str]) -> RankingRules:
    """Return the rules of the ranking; ContentError with the place of the mistake."""
    only(document, RANKING, "criterion", "bounds", "judgements", "robustness", "tenants")
    top = Table(document, RANKING, RANKING)
    with top.table("robustness").closing() as table:
        weight_change = float(_positive(table, "weight_change"))
        score_change = float(_positive(table, "score_change"))
        close = float(_positive(table, "close"))
    with top.table("tenants").closing() as table:
        tenants = frozenset(table.references("pathways", pathways))
        roles = frozenset(table.texts("lead_roles"))
    return RankingRules(
        _rubric(document),
        _bounds(top),
        judgements_of(top.table("judgements"), whole=True),
        weight_change,
        score_change,
        close,
        tenants,
        roles,
    )


def _rubric(document: Mapping[str, Any]) -> dict[Criterion, RubricRow]:
    rubric = {}
    for entry in entries(document, "criterion", RANKING, "id"):
        with entry.closing():
            criterion = entry.choice("id", Criterion)
            anchors = entry.bilinguals("anchors")
            if len(anchors) != len(ANCHORS):
                raise entry.error("range", "anchors", low=5, high=5, value=len(anchors))
            rubric[criterion] = RubricRow(anchors, entry.bilingual("prefilled"))
    for criterion in CRITERIA:
        if criterion not in rubric:
            raise ContentError("missing", RANKING, "[[criterion]]", criterion.value)
    return rubric


def _bounds(top: Table) -> Bounds:
    with top.table("bounds").closing() as table:
        margins = _rising(table, "return_margins", 2)
        return Bounds(
            _rising(table, "months", 4),
            _rising(table, "gap_of_cash", 3),
            (margins[0], margins[1]),
            table.number("net_cash_share"),
            table.number("nothing"),
            table.number("unknown_counts"),
            table.number("red_line_cap"),
        )


def _rising(table: Table, key: str, count: int) -> tuple[Decimal, ...]:
    given = table.raw(key)
    numbers = given if isinstance(given, list) else []
    if len(numbers) != count or any(type(n) not in (int, Decimal) for n in numbers):
        raise table.error("wrong_kind", key, expected=f"[{count}]", value=str(given)[:60])
    values = tuple(Decimal(n) for n in numbers)
    if list(values) != sorted(set(values)):
        raise table.error("wrong_kind", key, expected="1 < 2 < 3", value=str(given)[:60])
    return values


def _positive(table: Table, key: str) -> Decimal:
    value = table.number(key)
    if value <= 0:
        raise table.error("range", key, low="> 0", high="", value=value)
    return value


def judgements_of(table: Table, *, whole: bool) -> dict[CriterionPair, Fraction]:
    """Return the judgements of a table of rows; with ``whole`` every pair must be there.

    A pair may be given either way round, but only once; each value is on Saaty's scale.
    """
    found: dict[CriterionPair, Fraction] = {}
    with table.closing():
        for row in CRITERIA:
            if not table.has(row.value):
                continue
            with table.table(row.value).closing() as line:
                for column in CRITERIA:
                    if line.has(column.value):
                        _take(line, row, column, found)
    lacking = [f"{a.value}/{b.value}" for a, b in criterion_pairs() if (a, b) not in found]
    if whole and lacking:
        raise table.error("missing", " ".join(lacking))
    return found


def _take(
    line: Table, row: Criterion, column: Criterion, found: dict[CriterionPair, Fraction]
) -> None:
    value = saaty(line, column.value)
    places = list(CRITERIA)
    before = places.index(row) < places.index(column)
    pair, value = ((row, column), value) if before else ((column, row), 1 / value)
    if row is column or pair in found:
        raise line.error("duplicate", column.value, value=column.value)
    found[pair] = value


def saaty(table: Table, key: str) -> Fraction:
    """Return a value of Saaty's scale, written 3 or "1/3"."""
    given = table.raw(key)
    try:
        value = Fraction(str(given).replace(" ", ""))
    except (ValueError, ZeroDivisionError):
        value = Fraction(0)
    if isinstance(given, bool) or value not in SAATY:
        raise table.not_among(key, str(given), [str(v) for v in SAATY])
    return value
