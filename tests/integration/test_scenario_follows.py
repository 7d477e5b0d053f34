"""Issue 8.2: an input changed in a scenario's workbook changes it as it changes our own result.

Every model with all its inputs that formulas follow moved at once, and every model with one input
changed that they do not follow: then no old number may stand.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from openpyxl import Workbook

from tests.finance_rig import plain
from tests.finance_samples import SAMPLES, model_of
from tests.office_rig import all_recalculated, needs_office
from workbench.application.money.report import shown_scenario
from workbench.application.ports import Silent
from workbench.bootstrap import Program
from workbench.domain.display import shown_number
from workbench.domain.fields import FieldType
from workbench.domain.finance.inputs import Shape
from workbench.domain.finance.terms import Place
from workbench.domain.report.model import CellState
from workbench.domain.report.sections.money.scenario import name_inputs
from workbench.domain.report.sections.money.watch import followed
from workbench.domain.report.sections.money.words import Names
from workbench.excel.sheets.assembly import assemble

AS_OF = date(2026, 6, 30)
FAR = "lease_up of 30 years"
"""Six times the money turns its return over: what IRR starts from is nowhere near."""
ALL = SAMPLES | {FAR: {**SAMPLES["lease_up"], "years": 30}}
STALE = "输入已改，未重算"
UP, DOWN = Decimal("1.03"), Decimal("0.97")
OWN = ("_inputs", "_changed", "_banner")
"""Tables that say what was changed, which the program's own report of it does not."""


@pytest.fixture(scope="module")
def services(tmp_path_factory):
    made = Program().create(str(tmp_path_factory.mktemp("follows") / "p.park"))
    for name, stated in ALL.items():
        values = {key: plain(value) for key, value in stated.items()}
        made.scenarios.create(name, model_of(name), AS_OF, stated=values)
    yield made
    made.close()


def shown(services):
    texts = services.program.texts("zh_CN")
    return [shown_scenario(services.scenarios, r, "", texts) for r in services.scenarios.all()]


def report(services, found):
    exporting = services.reports.scenarios
    pairs = [(each, None) for each in found]
    return exporting._report(pairs, AS_OF, services.program.texts("zh_CN"), "")


def moved(value, field):
    """A number a little further, in six decimals of what is shown, so that cells hold it whole."""
    factor = DOWN if field.type is FieldType.SHARE else UP
    return round(value * factor, 10)


def other(found):
    """What a scenario states when every input that formulas follow is moved."""
    live, changes = followed(found.result), {}
    for item in found.model.inputs:
        settled = found.result.settled[item.key]
        value = settled.value
        if item.shape is Shape.SINGLE and Place(item.key) in live and not item.structural:
            changes[item.key] = moved(value, item.field)
        elif item.shape is Shape.SERIES and isinstance(value, tuple):
            places = [Place(item.key, n) for n, _ in enumerate(value, item.first)]
            changes[item.key] = tuple(
                moved(v, item.field) if place in live and v is not None else v
                for place, v in zip(places, value, strict=True)
            )
        elif item.shape is Shape.TABLE and isinstance(value, tuple):
            whole = [
                c
                for c in item.columns
                if all(Place(item.key, n, c.key) in live for n in range(1, len(value) + 1))
            ]
            changes[item.key] = tuple(
                {**row, **{c.key: moved(row[c.key], c.field) for c in whole}}
                for row in value if isinstance(row, Mapping)
            )  # fmt: skip
    return changes


def write(book, places, names, place, value):
    table, _, rest = names.inputs[place][0].partition("!")
    column, _, row = rest.partition("@")
    at = places[table]
    book[at.sheet][at.address(column, int(row))].value = value


def workbook(services, found, changes, target):
    """Write the scenarios with some inputs changed in their cells; return where tables stand."""
    book = Workbook()
    texts = services.program.texts("zh_CN")
    written = assemble(book, report(services, found), texts, Silent())
    places = {place.table.name: place for place in written.tables}
    for number, (each, change) in enumerate(zip(found, changes, strict=True), 1):
        names = Names(number)
        name_inputs(each, names, texts)
        for place, (_, field) in names.inputs.items():
            new = value_at(change, each, place)
            if new is not None:
                shown_ = float(shown_number(new, field)) if isinstance(new, Decimal) else new
                write(book, places, names, place, shown_)
    book.save(target)
    return places


def value_at(change, found, place):
    value = change.get(place.key)
    if value is None or place.index is None:
        return value
    if place.column:
        return value[place.index - 1].get(place.column)
    return value[place.index - found.model.input(place.key).first]


def cells(made):
    for sheet in made.sheets:
        for table in sheet.tables:
            for number, row in enumerate(table.rows, 1):
                for column, cell in zip(table.columns, row, strict=True):
                    yield (table.name, column.key, number), cell


@needs_office
def test_a_changed_workbook_is_the_programs_own_of_the_changed_inputs(services, tmp_path):
    found = shown(services)
    changes = [other(each) for each in found]
    thirty = next(n for n, each in enumerate(found) if each.name == FAR)
    changes[thirty]["capex"] = found[thirty].result.settled["capex"].value * 6
    places = workbook(services, found, changes, tmp_path / "moved.xlsx")
    frozen = [one_frozen(each) for each in found]
    frozen_at = workbook(services, found, frozen, tmp_path / "frozen.xlsx")
    fresh, stopped = all_recalculated([tmp_path / "moved.xlsx", tmp_path / "frozen.xlsx"], tmp_path)
    scenarios = [services.scenarios.scenario(r) for r in services.scenarios.all()]
    news = [
        replace(each, result=scenario.stating(**change).result())
        for each, scenario, change in zip(found, scenarios, changes, strict=True)
    ]
    theirs = dict(cells(report(services, news)))
    wrong, compared = [], 0
    for at, cell in cells(report(services, found)):
        table, column, row = at
        if not table.startswith("money") or table.endswith(OWN) or not cell.formula:
            continue
        if table == f"money{thirty + 1}_worth_0":  # its rows are other ones by now
            continue
        value = fresh[places[table].sheet][places[table].address(column, row)].value
        compared += 1
        if not same(value, theirs[at]):
            wrong.append((at, value, theirs[at].value, cell.formula[:80]))
    assert wrong == []
    assert compared > 3_000
    assert_stopped(found, frozen, stopped, frozen_at)


def same(found, cell):
    if found == STALE:  # an answer without a number, which no formula gives
        return cell.state is not CellState.KNOWN
    if cell.state is CellState.NOT_APPLICABLE:
        return found == "—"
    if cell.number is None:
        return True
    return found == pytest.approx(float(cell.number), rel=1e-9, abs=1e-9)


def one_frozen(found):
    """One count or date of a scenario, changed; {} where it has none."""
    for item in found.model.inputs:
        settled = found.result.settled[item.key]
        if item.shape is Shape.SINGLE and item.structural and settled.provenance.value != "unused":
            if isinstance(settled.value, Decimal):
                return {item.key: settled.value + 1}
            if isinstance(settled.value, date):
                return {item.key: settled.value + timedelta(days=40)}
    for item in found.model.inputs:
        value = found.result.settled[item.key].value
        if item.key == "leases" and value:
            return {item.key: (*value[:-1], {**value[-1], "end_on": date(2031, 1, 1)})}
    return {}


def assert_stopped(found, frozen, stopped, places):
    tried = 0
    for number, (each, change) in enumerate(zip(found, frozen, strict=True), 1):
        if not change:
            continue
        tried += 1
        at = places[Names(number).table("answers")]
        sheet = stopped[at.sheet]
        for row, cells_ in enumerate(at.table.rows, 1):
            for column in ("value", "terminal"):
                cell = cells_[at.table.place(column)]
                if cell.formula:
                    assert sheet[at.address(column, row)].value == STALE, (each.name, row)
    assert tried > 10
