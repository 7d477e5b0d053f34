# SPDX-License-Identifier: MIT
"""附表E-15: the facts that pathways and diagnosis rules ask for, each in a cell for formulas.

What the annexes show is a formula over them; what nobody filled in or what the program judges
itself stands plain: a reader may write the answer there, and 表6-1 and 附表E-7 follow.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from workbench.domain.condition_names import (
    CONTEXT_ENTITY,
    CONTEXT_PREFIX,
    INDICATOR,
    PARAMETER_PREFIX,
)
from workbench.domain.conditions import Condition
from workbench.domain.display import shown, shown_number
from workbench.domain.facts.condition_words import name_words
from workbench.domain.facts.derived import DERIVED
from workbench.domain.facts.lookup import ANY_TRUE, LARGEST
from workbench.domain.fields import Field
from workbench.domain.indicators.registry import INDICATORS
from workbench.domain.records.ledger import Record
from workbench.domain.report.model import UNKNOWN, Cell, Column, ColumnKind, Row, Table
from workbench.domain.report.sections.cells import WAN, exact, optional, words
from workbench.domain.report.sections.links import INDICATORS as INDICATORS_KEY
from workbench.domain.report.sections.links import PARAMETERS
from workbench.domain.report.sections.live.annex_cells import scale
from workbench.domain.report.sections.live.guards import guarded
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.money.words import unit_words
from workbench.domain.report.sections.qualified import (
    bounded,
)
from workbench.domain.report.sections.steps.annex_words import as_written, cells_of, word_cells
from workbench.domain.report.sections.steps.appraisals import appraisal_formula
from workbench.domain.report.sections.steps.derived_words import derived_formula, sought_otherwise
from workbench.domain.report.sections.steps.measured import measured_formula
from workbench.domain.report.sections.steps.step_words import say, to_verify
from workbench.domain.values import Value
from workbench.domain.workings.numbers import At

FACTS = "facts"
BUYERS = "demand.purchase_intents"
"""The fact that depends on which leads look for what the scope has."""
_PERCENT = "/100"
SHARE = Decimal("0.01")
_HELD = {"enc": ("encumbrance", "building", "parcel"), "value": ("valuation",)}
"""The records of which facts are made, by the subject of their names."""
_UNITS = {
    "space.gfa": ("㎡", Decimal(1)), "space.vacant_area": ("㎡", Decimal(1)),
    "space.average_age": ("年", Decimal(1)), "land.months_past_agreed_start": ("月", Decimal(1)),
    "land.months_stopped": ("月", Decimal(1)), "value.appraised": ("万元", WAN),
    "value.known_appraised": ("万元", WAN),
    "title.area_gap": ("%", SHARE), "title.known_area_gap": ("%", SHARE),
    "lease.related_party_share": ("%", SHARE), "tenant.policy_exit_share": ("%", SHARE),
    "fin.asset_share_of_platform": ("%", SHARE), "ref.tax_per_mu": ("万元/亩", Decimal(1)),
    "innovation.fiscal_spend": ("万元", WAN),
    "innovation.contract_amount": ("万元", WAN), "park.months_to_policy_end": ("月", Decimal(1)),
}  # fmt: skip
"""The units in which facts made of several cells are shown, and how many of theirs these are."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A fact as its cell shows it; ``scale`` makes what is shown what conditions compare."""

    cell: Cell
    unit: str = ""
    scale: str = ""
    field: Field | None = None
    """The ledger field that is asked, for the words of its choices."""


class AskedFacts:
    """The facts of all conditions, in the order in which they are asked for."""

    def __init__(self, m: Material) -> None:
        self._m = m
        conditions = (condition for condition in asked_conditions(m))
        names = dict.fromkeys(name for each in conditions for name in each.ordered_names)
        self._asked = {name: self._ask(name) for name in names}

    def __iter__(self) -> Iterator[tuple[str, Asked]]:
        return iter(self._asked.items())

    def get(self, name: str) -> Asked | None:
        """Return a fact, None for one that nobody asks for."""
        return self._asked.get(name)

    def place(self, name: str) -> str:
        """Return the cell of a fact; ValueError for one that nobody asks for."""
        row = list(self._asked).index(name) + 1
        return f"{{{FACTS}!value@{row}}}"

    def flags(self, names: Iterable[str]) -> list[str]:
        """Return what says that the program would judge one of some facts anew.

        So does a figure that is no longer known: the program may make it of other cells then, and
        what counts the facts would take it for one of which nobody knows anything.
        """
        asked = list(dict.fromkeys(names))
        moved = self._m.live.unmoved.moved(_figure(self._m, name) for name in asked)
        return [*moved, *(self._lost(name) for name in asked if self._is_figure(name))]

    def _is_figure(self, name: str) -> bool:
        is_made = INDICATOR.fullmatch(name) is not None or name in DERIVED
        asked = self._asked.get(name)
        return (
            is_made
            and asked is not None
            and bool(asked.cell.formula)
            and asked.cell.number is not None
        )

    def _lost(self, name: str) -> str:
        return f"IF(ISNUMBER({self.place(name)}),0,1)"

    def _ask(self, name: str) -> Asked:
        if INDICATOR.fullmatch(name):
            return self._indicator(name)
        if name.startswith(PARAMETER_PREFIX):
            return self._parameter(name)
        entity = CONTEXT_ENTITY if name.startswith(CONTEXT_PREFIX) else name.partition(".")[0]
        catalogue, key = self._m.whole.ledger.catalogue, name.partition(".")[2]
        if entity in catalogue and key in catalogue[entity]:
            return self._of_field(name, catalogue[entity][key])
        return self._derived(name)

    def _indicator(self, name: str) -> Asked:
        id_, value = name.replace("_", "-"), self._m.facts.fact(name).value
        shared = INDICATORS[id_].unit == "%"
        unit, scale_ = INDICATORS[id_].shown_unit(self._m.language), _PERCENT if shared else ""
        ids = list(self._m.indicators)
        place = f"{{{INDICATORS_KEY}!ours@{ids.index(id_) + 1}}}" if id_ in ids else ""
        if not isinstance(value, Decimal | int):
            live = place if id_ in ids and self._m.live.indicator(id_) else ""
            return Asked(replace(UNKNOWN, formula=live), unit, scale_)
        cell = Cell(Decimal(value) * (100 if shared else 1), formula=place)
        return Asked(bounded(cell, self._m.indicators[id_]), unit, scale_)

    def _parameter(self, name: str) -> Asked:
        code, value = name.removeprefix(PARAMETER_PREFIX), self._m.facts.fact(name).value
        for row, param in enumerate(self._m.content.parameters, start=1):
            if param.code == code and isinstance(value, Decimal) and param.value == value:
                shared = param.unit == "%"
                formula = guarded(f"{{{PARAMETERS}!value@{row}}}", self._m)
                cell = replace(exact(value * (100 if shared else 1)), formula=formula)
                return Asked(
                    cell, unit_words(param.unit, self._m.words), _PERCENT if shared else ""
                )
        return Asked(exact(value) if isinstance(value, Decimal) else UNKNOWN)

    def _of_field(self, name: str, field: Field) -> Asked:
        m, value, records = self._m, self._m.facts.fact(name).value, self._m.facts.records_of(name)
        if field.numeric:
            cells = cells_of(m, records, field.key)
            formula = self._number(cells, field, len(records)) if cells else ""
            formula = self._while_joined(name, formula, records)
            known = isinstance(value, Decimal | int)
            cell = exact(shown_number(value, field)) if known else UNKNOWN  # type: ignore[arg-type]
            unit = unit_words(field.shown_unit, m.words) if field.shown_unit else ""
            return Asked(replace(cell, formula=formula), unit, scale(field), field)
        cells = word_cells(m, records, field.key)
        formula = self._word(cells, field, len(records), records[0].entity) if cells else ""
        formula = self._while_joined(name, formula, records)
        return Asked(replace(self._said(value, field), formula=formula), field=field)

    def _number(self, cells: list[str], field: Field, count: int) -> str:
        """Return the cautious number of several, 待核 while one is not known."""
        asked = ",".join(cells)
        if count == 1:
            return guarded(asked, self._m)
        cautious = "MAX" if field.key in LARGEST else "MIN"
        return f"IF(COUNT({asked})<{count},{to_verify(self._m)},{cautious}({asked}))"

    def _word(self, cells: list[str], field: Field, count: int, entity: str) -> str:
        """Return the word that all records say, 待核 while they differ or one says nothing."""
        m, unknown = self._m, to_verify(self._m)
        first = cells[0].partition(":")[0]
        known = f'IF(OR({first}="",{first}="—"),{unknown},{first})'
        if count > 1:
            same = "+".join(f"COUNTIF({cell},{first})" for cell in cells)
            known = f"IF({same}={count},{known},{unknown})"
        if field.key not in ANY_TRUE or count == 1:
            return known
        yes = as_written(m, entity, field.key, value=True)
        true = "+".join(f"COUNTIF({cell},{yes})" for cell in cells)
        return f"IF({true}>0,{yes},{known})"

    def _while_joined(self, name: str, formula: str, records: Sequence[Record]) -> str:
        """Return a formula over cells of records that is 待核 once they belong elsewhere."""
        touched = {At(record.entity, "", "") for record in records[:1]}
        return self._m.live.unmoved.guard(formula, touched, (), _figure(self._m, name))

    def _while_held(self, name: str, formula: str) -> str:
        """Return a formula over rights or appraisals that is 待核 once one has another asset."""
        m, subject = self._m, name.partition(".")[0]
        touched = {At(entity, "", "") for entity in _HELD.get(subject, ())}
        if subject == "title" and not m.scope.whole_park:
            touched = {At("building", "", ""), At("parcel", "", "")}
        if subject == "enc" and (rights := m.annex.get("encumbrance")) is not None:
            touched |= {At("encumbrance", record.key, "kind") for record in rights.records}
        more: list[str] = []
        if name == BUYERS and "demand" in m.annex:
            touched |= {At("building", each.key, "kind") for each in m.scope.buildings}
            more = sought_otherwise(m)
        return m.live.unmoved.guard(formula, touched, (), _figure(m, name), more)

    def _said(self, value: Value | None, field: Field) -> Cell:
        if value is None:
            return UNKNOWN
        if isinstance(value, bool):
            return words(self._m.say("yes" if value else "no"))
        return words(shown(value, field, self._m.language))

    def _derived(self, name: str) -> Asked:
        m, value = self._m, self._m.facts.fact(name).value
        unit, per = _UNITS.get(name, ("", Decimal(1)))
        formula = derived_formula(m, name) or measured_formula(m, name)
        formula = self._while_held(name, formula or appraisal_formula(m, name))
        formula = formula or m.live.fact(name, per)
        if isinstance(value, bool):
            cell = words(m.say("yes" if value else "no"))
        elif isinstance(value, Decimal | int):
            cell = Cell(Decimal(value) / per)
        else:
            cell = UNKNOWN
        scale_ = _PERCENT if per == SHARE else "" if per == 1 else f"*{per:f}"
        return Asked(
            replace(cell, formula=formula), unit_words(unit, m.words) if unit else "", scale_
        )


def _figure(m: Material, name: str) -> str:
    """Return what a fact is called where 附表E-22 says what decides it."""
    return name.replace("_", "-") if INDICATOR.fullmatch(name) else name_words(name, m.words)


def asked_conditions(m: Material) -> Iterator[Condition]:
    """Yield every condition of the pathways in the order of 表6-1, then those of the rules."""
    for check in m.pathways:
        path = check.pathway
        yield from (each.condition for each in path.preconditions)
        yield from (each.condition for each in path.blocks)
    for distress in m.distresses:
        yield from (result.rule.condition for result in distress.rules)


def _title(m: Material, name: str) -> str:
    """Return what a fact is called: an indicator by its id and title, a parameter by its name."""
    if INDICATOR.fullmatch(name):
        indicator = INDICATORS[name.replace("_", "-")]
        return f"{indicator.id} {indicator.title(m.language)}"
    code = name.removeprefix(PARAMETER_PREFIX)
    own = (p for p in m.content.parameters if name.startswith(PARAMETER_PREFIX) and p.code == code)
    param = next(own, None)
    return name_words(name, m.words) if param is None else f"{m.text(param.name)} ({code})"


def facts_table(m: Material) -> Table | None:
    """Return 附表E-15, or None where nothing is asked."""
    rows: list[Row] = []
    for number, (name, asked) in enumerate(m.asked_facts, start=1):
        source = "fact_live" if asked.cell.formula else "fact_plain"
        rows.append((
            Cell(number),
            words(_title(m, name)),
            asked.cell,
            optional(asked.unit or "—"),
            words(say(m, source)),
        ))  # fmt: skip
    if not rows:
        return None
    columns = (
        Column("no", m.say("col.no"), 5, ColumnKind.ORDINAL),
        Column("name", say(m, "col_fact"), 60),
        Column("value", m.say("col.value"), 16, ColumnKind.NUMBER),
        Column("unit", m.say("col.unit"), 12, ColumnKind.WORD),
        Column("source", say(m, "col_fact_from"), 40),
    )
    return Table(
        m.table_no("E-15"), say(m, "table_facts"), columns, tuple(rows),
        source_line=m.say("source.ledger"), notes=(say(m, "note_facts"),),
        key=FACTS, dense=True,
    )  # fmt: skip
