# SPDX-License-Identifier: MIT
"""附表E-8: how alike each feature of the nearest cases is, and what 表5-0 makes of it, live."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from workbench.domain.labels import label_key
from workbench.domain.matching.similarity import (
    ENOUGH_COVERAGE,
    CaseMatch,
    Feature,
    FeatureScore,
)
from workbench.domain.report.model import NOT_APPLICABLE, Cell, Column, ColumnKind, Row, Table
from workbench.domain.report.sections.cells import words
from workbench.domain.report.sections.links import column_range
from workbench.domain.report.sections.live.guards import guarded
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.steps.our_side import OurSide
from workbench.domain.report.sections.steps.step_words import quoted, say, to_verify

FEATURES = "features"
COMPARED = 6
"""So many cases are put side by side."""


def similarity_cell(m: Material, match: CaseMatch, place: int) -> Cell:
    """Return Σ weight × score ÷ Σ weight over the features known on both sides."""
    weights, scores, carried = _columns(match, place)
    formula = f'IF({carried}=0,"—",SUMPRODUCT({weights},{scores})/{carried})'
    formula = _unless_waiting(m, scores, formula)
    return _number(match.similarity if match.comparable else None, formula)


def coverage_cell(m: Material, match: CaseMatch, place: int) -> Cell:
    """Return the weight of the features known on both sides."""
    _, scores, carried = _columns(match, place)
    return _number(match.coverage, _unless_waiting(m, scores, carried))


def standing_cell(m: Material, match: CaseMatch) -> Cell:
    """Return similarity × coverage, by which cases are ranked."""
    known = f"IF(COUNT({{similarity}},{{coverage}})<2,{to_verify(m)},{{similarity}}*{{coverage}})"
    formula = f'IF({{similarity}}="—","—",{known})'
    if not match.comparable:
        return replace(NOT_APPLICABLE, formula=formula)
    value = Decimal(str(match.similarity)) * Decimal(str(match.coverage))
    return Cell(value, formula=formula)


def _unless_waiting(m: Material, scores: str, formula: str) -> str:
    return f"IF(COUNTIF({scores},{to_verify(m)})>0,{to_verify(m)},{formula})"


def founded_cell(m: Material, match: CaseMatch) -> Cell:
    """Return whether enough is known on both sides."""
    founded, thin = m.say("founded"), m.say("not_founded")
    known = f"IF(ROUND({{coverage}},9)>={ENOUGH_COVERAGE:g},{quoted(founded)},{quoted(thin)})"
    formula = f"IF(ISNUMBER({{coverage}}),{known},{to_verify(m)})"
    return Cell(founded if match.well_founded else thin, formula=formula)


def score_cell(feature: FeatureScore, place: int, row: int) -> Cell:
    """Return how alike a feature of the case at a place is."""
    return _number(feature.score, f"{{{FEATURES}!case{place}@{row}}}")


def weight_cell(feature: FeatureScore, row: int) -> Cell:
    """Return the weight of a feature."""
    return _number(feature.weight, f"{{{FEATURES}!weight@{row}}}")


def _columns(match: CaseMatch, place: int) -> tuple[str, str, str]:
    count = len(match.features)
    weights = column_range(FEATURES, "weight", count)
    scores = column_range(FEATURES, f"case{place}", count)
    return weights, scores, f'SUMIF({scores},">=0",{weights})'


def _number(value: float | None, formula: str) -> Cell:
    if value is None:
        return replace(NOT_APPLICABLE, formula=formula)
    return Cell(Decimal(str(value)), formula=formula)


def features_table(m: Material) -> Table | None:
    """Return 附表E-8, or None without a case."""
    matches = m.matches[:COMPARED]
    if not matches:
        return None
    columns = [
        Column("feature", m.say("col.feature"), 24),
        Column("weight", m.say("col.weight"), 9, ColumnKind.NUMBER, 2),
        Column("ours", say(m, "col_ours"), 13, ColumnKind.NUMBER),
    ]
    for place, match in enumerate(matches, start=1):
        columns.append(Column(f"size{place}", say(m, "col_size", case=match.case.id), 13,
                              ColumnKind.NUMBER))  # fmt: skip
        columns.append(Column(f"case{place}", match.case.id, 9, ColumnKind.NUMBER, 4))
    side = m.live.our_side
    rows = tuple(_row(m, side, matches, row) for row in range(len(matches[0].features)))
    return Table(
        m.table_no("E-8"), say(m, "table_features"), tuple(columns), rows,
        source_line=m.say("source.matching"), notes=(say(m, "note_features"),),
        key=FEATURES, apart=True, dense=True,
    )  # fmt: skip


def _row(m: Material, side: OurSide, matches: Sequence[CaseMatch], row: int) -> Row:
    first = matches[0].features[row]
    ours = side.size(first)
    cells: list[Cell] = [
        words(m.words(label_key("feature", first.name))),
        Cell(Decimal(str(first.weight))),
        replace(_size(first.ours), formula=ours),
    ]
    for place, match in enumerate(matches, start=1):
        feature = match.features[row]
        cells += [_size(feature.theirs), _score(m, side, feature, place, is_live=bool(ours))]
    return tuple(cells)


def _size(value: Feature | None) -> Cell:
    """Return an amount that is compared; choices and sets stand in 表5-1 to 表5-3 in words."""
    return Cell(value) if isinstance(value, Decimal) else NOT_APPLICABLE


def _score(m: Material, side: OurSide, feature: FeatureScore, place: int, *, is_live: bool) -> Cell:
    """Return the score: of two amounts by their logarithms, of words as they were compared."""
    if feature.theirs is None:
        return NOT_APPLICABLE
    if feature.score is None:
        return replace(NOT_APPLICABLE, formula=side.while_so(feature, quoted("—")))
    value = Decimal(str(feature.score))
    if not isinstance(feature.ours, Decimal):
        return Cell(value, formula=side.while_so(feature, f"{value:f}"))
    formula = guarded(f"MAX(0,1-ABS(LN({{ours}}/{{size{place}}}))/LN(10))", m)
    return Cell(value, formula=formula if is_live else side.while_so(feature, formula) or formula)
