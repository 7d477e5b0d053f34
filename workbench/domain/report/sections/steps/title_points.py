# SPDX-License-Identifier: MIT
"""附表E-10: the clarity of title asset by asset and test by test, of which I-15 is the mean."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from workbench.domain.display import choice_title
from workbench.domain.indicators.title import (
    ACCEPTANCES,
    CERTIFICATES,
    CLARITY_TESTS,
    NOT_ACCEPTED,
    REGISTERED,
    SMALL_GAP,
    ClarityTest,
    areas_of,
    clarity_assets,
    clarity_tests,
    size_of,
)
from workbench.domain.records.ledger import Record
from workbench.domain.report.model import (
    NOT_APPLICABLE,
    Cell,
    CellState,
    Column,
    ColumnKind,
    Row,
    Table,
)
from workbench.domain.report.sections.cells import words
from workbench.domain.report.sections.links import column_range, live_cell, to_record
from workbench.domain.report.sections.live.burdens import mortgage_points, seizure_points
from workbench.domain.report.sections.live.judged import place_of, word_of
from workbench.domain.report.sections.live.unmoved import while_0
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.steps.step_words import quoted, say, to_verify
from workbench.domain.values import ValueState

TITLE_POINTS = "title_points"
CLARITY = "I-15"


def clarity_formula(m: Material) -> str:
    """Return the mean of the scores weighted by area; a lone asset needs no weight."""
    count = len(clarity_assets(m.reading, m.scope))
    score, size = (column_range(TITLE_POINTS, key, count) for key in ("score", "size"))
    return (
        f"{{{TITLE_POINTS}!score@1}}" if count == 1 else f"SUMPRODUCT({score},{size})/SUM({size})"
    )


def title_points_table(m: Material) -> Table | None:
    """Return 附表E-10, or None when the clarity of title is not known."""
    value = m.indicators.get(CLARITY)
    if value is None or value.value is None:
        return None
    columns = (
        Column("no", m.say("col.no"), 5, ColumnKind.ORDINAL),
        Column("name", say(m, "col_asset"), 24),
        *(
            Column(key, say(m, f"test_{key}", points=points), 13, ColumnKind.NUMBER, 0)
            for key, points in CLARITY_TESTS.items()
        ),
        Column("full", say(m, "col_full"), 9, ColumnKind.NUMBER, 0),
        Column("score", say(m, "col_score"), 11, ColumnKind.NUMBER),
        Column("size", say(m, "col_weight_area"), 13, ColumnKind.NUMBER),
    )
    assets = clarity_assets(m.reading, m.scope)
    rows = tuple(_row(m, asset, number) for number, asset in enumerate(assets, start=1))
    return Table(
        m.table_no("E-10"), say(m, "table_title"), columns, rows,
        source_line=m.say("source.ledger"), notes=(say(m, "note_title"),),
        key=TITLE_POINTS, dense=True,
    )  # fmt: skip


def _row(m: Material, asset: Record, number: int) -> Row:
    tests = {test.key: test for test in clarity_tests(m.reading, m.scope, asset)}
    full = sum((test.points for test in tests.values()), Decimal(0))
    passed = sum((test.points for test in tests.values() if test.passed), Decimal(0))
    first, *_, last = CLARITY_TESTS
    earned = f"{{{first}}}:{{{last}}}"
    score = Cell(passed / full * 100)
    if any(test.passed is None for test in tests.values()):
        score = replace(score, state=CellState.ESTIMATED, mark="≥")
    return (
        to_record(Cell(number), asset, m),
        words(m.name_of(asset)),
        *(_while_unmoved(m, _points(m, asset, tests.get(key))) for key in CLARITY_TESTS),
        Cell(full),
        _while_unmoved(m, replace(score, formula=f"SUM({earned})/{{full}}*100")),
        live_cell(size_of(m.reading, asset), m),
    )


def _while_unmoved(m: Material, cell: Cell) -> Cell:
    """Return points that are 待核 once rights are of another kind or on another asset."""
    return replace(cell, formula=while_0(m, m.live.unmoved.common([CLARITY]), cell.formula))


def _points(m: Material, asset: Record, test: ClarityTest | None) -> Cell:
    if test is None:
        return NOT_APPLICABLE
    formula = ""
    match test.key:
        case "certificate":
            formula = _certificate(m, asset, test.points)
        case "area_gap":
            formula = _area_gap(m, asset, test.points)
        case "acceptance":
            formula = _acceptance(m, asset, test.points)
        case "mortgage":
            formula = mortgage_points(m, asset, test.points)
        case "seizure":
            formula = seizure_points(m, asset, test.points, "seizure")
        case "dispute":
            formula = seizure_points(m, asset, test.points, "litigation")
    if test.passed is None:
        return Cell(None, CellState.UNKNOWN, formula)
    return Cell(test.points if test.passed else 0, formula=formula)


def _certificate(m: Material, asset: Record, points: Decimal) -> str:
    field = "cert_status" if asset.entity == "building" else "cert_kind"
    passing = (REGISTERED,) if asset.entity == "building" else tuple(sorted(CERTIFICATES))
    place = word_of(m, asset, field)
    if not place:
        return ""
    earned = f"IF({_is_one(m, asset, field, place, passing)},{points},0)"
    return f"IF({_silent(m, place)},{to_verify(m)},{earned})"


def _area_gap(m: Material, asset: Record, points: Decimal) -> str:
    cells = [place_of(m, asset, field) for field in areas_of(asset)]
    if not all(cells):
        return ""
    stated, measured = cells
    gap = f"IF(ROUND(ABS({stated}-{measured})/{stated},9)<={SMALL_GAP},{points},0)"
    known = f"IF(COUNT({stated},{measured})<2,0,{stated})"
    return f"IF({known}=0,{to_verify(m)},{gap})"


def _acceptance(m: Material, asset: Record, points: Decimal) -> str:
    asked = [f for f in ACCEPTANCES if asset.state(f) is not ValueState.NOT_APPLICABLE]
    places = {field: word_of(m, asset, field) for field in asked}
    if not asked or not all(places.values()):
        return ""
    failed = ",".join(_is_one(m, asset, f, place, NOT_ACCEPTED) for f, place in places.items())
    unknown = ",".join(_silent(m, place) for place in places.values())
    return f"IF(OR({failed}),0,IF(OR({unknown}),{to_verify(m)},{points}))"


def _silent(m: Material, place: str) -> str:
    """Return the test that a word says nothing yet, or was cleared by a reader."""
    return f'OR({place}={to_verify(m)},{place}="")'


def _is_one(m: Material, asset: Record, field: str, place: str, choices: Sequence[str]) -> str:
    own = m.whole.ledger.catalogue[asset.entity][field]
    tests = [f"{place}={quoted(choice_title(c, own, m.language))}" for c in choices]
    return tests[0] if len(tests) == 1 else f"OR({','.join(tests)})"
