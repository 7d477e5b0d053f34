# SPDX-License-Identifier: MIT
"""The figures of a report as live formulas, and the columns that they add up."""

from collections.abc import Callable, Mapping, Set
from dataclasses import replace
from decimal import Decimal
from functools import partial

from workbench.domain.facts.condition_words import name_words
from workbench.domain.facts.derived import DERIVED
from workbench.domain.figures.leases import is_active
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scale import FIGURES, scale, shown_unit
from workbench.domain.figures.scope import Scope
from workbench.domain.indicators.indicator import Indicator, IndicatorValue, Outcome
from workbench.domain.indicators.registry import INDICATORS
from workbench.domain.records.ledger import Record
from workbench.domain.report.model import UNKNOWN, Cell
from workbench.domain.report.sections.cells import figure
from workbench.domain.report.sections.links import column_range
from workbench.domain.report.sections.live.annex_cells import AnnexCells
from workbench.domain.report.sections.live.chosen import Chosen
from workbench.domain.report.sections.live.columns import Columns, Working
from workbench.domain.report.sections.live.computing import (
    Compute,
    amount_of,
    gaps_of,
    is_close,
    of_median,
    value_of,
)
from workbench.domain.report.sections.live.coverage import Covering, Coverings
from workbench.domain.report.sections.live.formulas import (
    FormulaWriter,
    InRows,
    Role,
    cells_of,
    words_of,
)
from workbench.domain.report.sections.live.guards import guarded
from workbench.domain.report.sections.live.references import Pointing
from workbench.domain.report.sections.live.tenant_rows import (
    count_formula,
    largest_share,
    users_per_tenant,
    while_the_same_run,
)
from workbench.domain.report.sections.live.unmoved import Unmoved
from workbench.domain.report.sections.live.vacancy import known_vacancy
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.steps.chapter import COUNTED
from workbench.domain.report.sections.steps.completeness import FILLED
from workbench.domain.report.sections.steps.our_side import OurSide
from workbench.domain.report.sections.steps.overlap import OVERLAP
from workbench.domain.report.sections.steps.title_points import CLARITY
from workbench.domain.workings import keeping
from workbench.domain.workings.numbers import At, Kept, Worded, of_cell
from workbench.domain.workings.terms import Summand, without

_STAY, _VACANCY = "I-21", "space.vacant_area"
_RIGHT = ("encumbrance", "kind")
"""What decides how a right counts in the tables of counted steps."""
_HOUSES, _LAND = At("building", "", ""), At("parcel", "", "")
"""Say that a figure depends on which assets records belong to, though it asks none of these."""
_MEMBERS = frozenset(At(e, "", "") for e in ("lease", "building", "encumbrance", "valuation"))
_ENDS = {
    CLARITY: frozenset({_HOUSES, _LAND}),
    OVERLAP: frozenset({At("lease", "", ""), At("enterprise", "", "")}),
}
_UNTOLD = frozenset({_STAY, "I-41", *COUNTED})
"""Indicators that are counted from words and dates, so that a blank alone does not make them."""
_HUNDRED = 100
_ONE = Decimal(1)
OF_TENANTS: Mapping[str, Callable[[Material], str]] = {
    "I-24": largest_share,
    "I-50": users_per_tenant,
}
"""The indicators that are counted from the tenants of 附表E-3."""
_SUMMED = (
    "space.gfa", "space.vacant_area", "lease.related_party_share", "park.same_industry_nearby",
    "fin.asset_share_of_platform", "innovation.fiscal_spend", "innovation.contract_amount",
    "innovation.platforms_without_operator",
)  # fmt: skip
"""The facts of conditions that are sums and quotients of amounts."""


class Live:
    """Writes each figure once; a figure of which a cell is shown nowhere stays a value."""

    def __init__(self, m: Material) -> None:
        cells = AnnexCells(m.annex, m.scope.params, tuple(m.content.parameters), m.language)
        self._m = m
        self._cells = cells
        self._columns = Columns(cells)
        self._coverings = Coverings(cells, self._columns)
        self._in_rows: InRows = {}
        self._outcomes: dict[str, Outcome] = {}
        self._filled: dict[str, frozenset[At]] = {}
        self.unmoved, self.pointing = Unmoved(m), Pointing(m)
        runs = ((x.key, is_active(m.reading, x, m.whole.as_of)) for x in m.whole.leases)
        self._may_run = frozenset(key for key, active in runs if active is None)
        self._own = self._of_indicators(m.scope, m.indicators, "{id}")
        self._park = self._own
        if not m.scope.whole_park:
            name = m.words("report_workings.of_park", id="{id}")
            self._park = self._of_indicators(m.whole, m.park_indicators, name)
        self._scale = self._of_scale(m.whole)
        self._own_scale = self._scale if m.scope.whole_park else self._of_scale(m.scope)
        self._asked: dict[str, set[At]] = {}
        self._facts = self._of_facts(m)
        self._yardsticks = self._of_yardsticks(m)
        self.our_side = OurSide(m, self.amount, self.unmoved)
        self._in_rows.clear()  # it holds every number of every figure

    def indicator(self, id_: str) -> str:
        """Return the formula of an indicator of the assessed assets, "" for none."""
        return self._own.get(id_, "")

    def of_park(self, id_: str) -> str:
        """Return the formula of an indicator of the whole park, "" for none."""
        return self._park.get(id_, "")

    def scale(self, key: str) -> str:
        """Return the formula of a figure of the park's scale, "" for none."""
        return self._scale.get(key, "")

    def scale_of_assets(self, key: str) -> str:
        """Return the formula of a figure of the assessed assets' scale, "" for none."""
        return self._own_scale.get(key, "")

    def fact(self, name: str, per: Decimal) -> str:
        """Return the formula of a number that conditions ask for in a shown unit, "" for none."""
        title = name_words(name, self._m.words)
        if (number := self._facts.get(name)) is None:
            return self._kept(name, per, title)
        formula = known_vacancy(self._m) if name == _VACANCY else ""
        formula = formula or self._written(number / per, title)
        return self.unmoved.guard(formula, self._asked[name], self._followed(number), title)

    def _kept(self, name: str, per: Decimal, title: str) -> str:
        """Return what the program judged of the assessed assets, as long as that stands."""
        working, value = keeping.Working(self._m.scope), self._m.facts.fact(name).value
        if not isinstance(value, Decimal | int) or working.of(DERIVED[name]) != value:
            return ""
        said = value if isinstance(value, bool) else value / per
        return self.unmoved.keep(said, working.asked, title)

    def amount(self, number: Decimal, asked: Set[At], title: str) -> str:
        """Return the formula of an amount, 待核 once what decided it changed, "" for none."""
        return self.unmoved.guard(
            self._written(number, title), asked, self._followed(number), title
        )

    def row(self, number: Decimal) -> str:
        """Return the formula of a number of one row, whose sums are written out, "" for none."""
        writer = FormulaWriter(
            self._cells.cell, lambda _terms, _role: None, self._cells.given,
            find_word=self._cells.meaning,
        )  # fmt: skip
        found = writer.in_a_row([Summand(number)]) if isinstance(number, Kept) else ""
        return guarded(found or "", self._m)

    def can_be_filled(self, record: Record, field: str) -> bool:
        """Tell whether an annex has room for a number of a record that is not known."""
        return self._cells.can_be_filled(At(record.entity, record.key, field))

    def columns(self, entity: str) -> list[Working]:
        """Return the columns over the records of an entity."""
        return self._columns.of(entity)

    def yardstick(self, id_: str) -> Cell:
        """Return what the thresholds of an indicator are multiples of, 待核 for none."""
        return self._yardsticks.get(id_, UNKNOWN)

    def judged_band(self, id_: str) -> bool:
        """Tell whether more than value and thresholds decides the band of an indicator."""
        outcome = self._outcomes.get(id_)
        return outcome is None or outcome.band is not None or of_median(outcome)

    @property
    def chosen(self) -> Chosen:
        """Return what is read from the newest records that count."""
        return self._cells.chosen

    def of_cell(self, record: Record, field: str, per: Decimal | int = 1) -> str:
        """Return the formula of a number of a record in a shown unit, known or not."""
        return self.row(of_cell(_ONE, At(record.entity, record.key, field)) / per)

    @property
    def coverings(self) -> list[Covering]:
        """Return the ratios that are given where enough is known."""
        return list(self._coverings.rows.values())

    def _of_indicators(
        self, scope: Scope, values: Mapping[str, IndicatorValue], name: str
    ) -> dict[str, str]:
        working, found = keeping.Working(scope), {}
        for id_, value in values.items():
            indicator = INDICATORS[id_]
            if value.value is None:
                if id_ not in _UNTOLD:
                    compute = self._computing(indicator, scope)
                    found[id_] = self._waiting(working, compute, value, name.format(id=id_))
                continue
            number = working.of(self._computing(indicator, scope))
            if number is None or not is_close(number, value.value):
                continue  # the results of a final assessment stay as they were signed
            asked = set(working.asked)
            if scope is self._m.scope and id_ in COUNTED:
                kinds = {at for at in asked if (at.entity, at.field) == _RIGHT}
                of_assets = id_ == FILLED and not scope.whole_park
                ends = _MEMBERS if of_assets else _ENDS.get(id_, frozenset())
                found[id_] = self.unmoved.guard(COUNTED[id_](self._m), kinds | ends, (), id_)
                continue
            if scope is self._m.whole and (text := self._of_tenants(id_)):
                found[id_] = text
                continue
            made = self._with_blanks(working, indicator, value) or keeping.Waiting(
                number, working.open
            )
            factor = _HUNDRED if indicator.unit == "%" else 1
            found[id_] = self._in_wait(made.number * factor, made.gaps, name.format(id=id_))
            followed = self._followed(made.number)
            if id_ == _STAY and found[id_]:
                found[id_] = while_the_same_run(self._m, found[id_])
                followed = self._of_running()
            shown, asked = name.format(id=id_), asked | working.asked
            found[id_] = self._while_unmoved(
                found[id_], value.value * factor, asked, followed, shown
            )
        return found

    def _of_running(self) -> list[At | Worded]:
        """Return the dates that only end what runs; any other may join one stay with another."""
        m = self._m
        running = (x for x in m.whole.leases if is_active(m.reading, x, m.whole.as_of))
        return [At("lease", lease.key, "end_on") for lease in running]

    def _followed(self, number: Decimal) -> list[At | Worded]:
        """Return the cells that the formula of a number follows, words as far as it knows them."""
        said = (word for word in words_of(number) if self._cells.can_be_said(word.at))
        return [*cells_of(number), *said]

    def _while_unmoved(
        self, formula: str, value: Decimal, asked: set[At], followed: list[At | Worded], name: str
    ) -> str:
        """Return a formula, or what a figure without one is, as long as what decides it stands."""
        if formula:
            return self.unmoved.guard(formula, asked, followed, name)
        return self.unmoved.keep(value, asked, name)

    def _of_yardsticks(self, m: Material) -> dict[str, Cell]:
        found = {}
        for id_, outcome in self._outcomes.items():
            gaps, yardstick = self._filled.get(id_, frozenset()), outcome.yardstick
            if yardstick is None or (gaps and of_median(outcome)):
                continue
            name, today = m.words("report_bands.of", id=id_), without(yardstick, gaps)
            # which firm is the middle one is judged by the program, so that its yield is plain
            formula = "" if of_median(outcome) else self._in_wait(yardstick, gaps, name)
            found[id_] = replace(figure(today), formula=formula)
        return found

    def _computing(self, indicator: Indicator, scope: Scope) -> Compute:
        """Return how an indicator is computed; one of the assessed assets keeps what it found."""
        if scope is not self._m.scope:
            return partial(value_of, indicator)

        def compute(at: Scope, reading: Reading) -> Decimal | None:
            outcome = self._outcomes[indicator.id] = indicator.compute(at, reading)
            if isinstance(reading, keeping.FilledReading):
                self._filled[indicator.id] = reading.gaps
            return outcome.value

        return compute

    def _with_blanks(
        self, working: keeping.Working, indicator: Indicator, value: IndicatorValue
    ) -> keeping.Waiting | None:
        """Return what a known figure is made of with the blanks that it does without.

        None where a formula over them would not come to what it is today.
        """
        if value.value is None:
            return None
        compute = partial(value_of, indicator)
        waiting = working.waiting(compute, value.trace.missing, self._cells.can_be_filled)
        if waiting is None:
            return None
        gaps = gaps_of(waiting, self._may_run)
        today = without(waiting.number, gaps)
        is_same = today is not None and is_close(today, value.value)
        return replace(waiting, gaps=gaps) if is_same else None

    def _waiting(
        self, working: keeping.Working, compute: Compute, value: IndicatorValue, name: str
    ) -> str:
        """Return the formula of an indicator that is not known, for when its blanks are filled."""
        waiting = working.waiting(compute, value.trace.missing, self._cells.can_be_filled)
        if waiting is None:
            return ""
        factor = _HUNDRED if INDICATORS[value.id].unit == "%" else 1
        formula = self._awaited(replace(waiting, number=waiting.number * factor), name)
        return self.unmoved.guard(formula, working.asked, self._followed(waiting.number), name)

    def _awaited(self, waiting: keeping.Waiting, name: str) -> str:
        """Return the formula of a figure that is 待核 as long as one of its blanks is."""
        gaps = gaps_of(waiting, self._may_run)
        if without(waiting.number, gaps) is not None:
            return ""
        return self._in_wait(waiting.number, gaps, name)

    def _in_wait(self, number: Decimal, gaps: frozenset[At], name: str) -> str:
        """Return the formula of a figure while some blanks are not known."""
        self._columns.gaps = gaps
        try:
            return self._written(number, name)
        finally:
            self._columns.gaps = frozenset()

    def _of_tenants(self, id_: str) -> str:
        """Return an indicator of the whole park that asks who its tenants are, "" for others."""
        return OF_TENANTS[id_](self._m) if id_ in OF_TENANTS else ""

    def _of_scale(self, scope: Scope) -> dict[str, str]:
        m, is_park = self._m, scope is self._m.whole
        working, found = keeping.Working(scope), {}
        counted = scale(scope)
        of = "of_scale" if is_park else "of_assets"
        for key, compute in FIGURES.items():
            number = working.of(compute)
            name = m.words(f"report_workings.{of}", name=m.say(f"scale.{key}"))
            if number is None:
                missing = counted[key].trace.missing
                waiting = working.waiting(compute, missing, self._cells.can_be_filled)
                if waiting is not None:
                    shown = replace(waiting, number=waiting.number / shown_unit(key))
                    formula = self._awaited(shown, name)
                    found[key] = self._while_told(formula, shown.number, working.asked, name)
                continue
            formula = self._written(number / shown_unit(key), name)
            found[key] = self._while_told(formula, number, working.asked, name)
            if is_park:
                found[key] = found[key] or self._count(key, number)
        if is_park and m.whole.leases:
            found["tenants"] = count_formula(m)
        return found

    def _while_told(self, formula: str, number: Decimal, asked: set[At], name: str) -> str:
        """Return a figure of scale while the words and references stand that it asks.

        It is taken from the use of all buildings, so that it looks at more numbers than it adds up.
        """
        followed = self._followed(number)
        entities = {at.entity for at in followed if isinstance(at, At)}
        words = {
            at for at in asked
            if at.entity in entities and not self._m.annex[at.entity].entity[at.field].numeric
        } - {at for at in asked if at.field.endswith("_on")}  # fmt: skip
        ends = {_HOUSES} if "lease" in entities else set()
        return self.unmoved.guard(formula, words | ends, followed, name)

    def _of_facts(self, m: Material) -> dict[str, Decimal]:
        """Return what conditions ask of the assessed assets and sums make."""
        working, found = keeping.Working(m.scope), dict[str, Decimal]()
        for name in _SUMMED:
            fact, compute = m.facts.fact(name), DERIVED[name]
            if fact.missing:
                continue  # a sum of what is known would leave out what is filled in later
            value = fact.value
            number = working.of(partial(amount_of, compute))
            if not isinstance(value, Decimal) or number is None or not is_close(number, value):
                continue
            found[name] = number
            self._asked[name] = working.asked
        return found

    def _count(self, key: str, number: Decimal) -> str:
        """Return how many rows an annex has, where a figure counts its records."""
        listing = next(
            (each for each in self._m.annex.values() if f"{each.entity.key}s" == key), None
        )
        if listing is None or len(listing.records) != number:
            return ""
        return f"COUNT({column_range(listing.table(0), 'no', len(listing.records))})"

    def _written(self, number: Decimal, name: str) -> str:
        def add_up(terms: list[Summand], role: Role) -> str | None:
            return self._columns.total(terms, name, role, writer.in_a_row)

        def cover(ratio: Kept) -> str | None:
            return self._coverings.cell(ratio, name, writer.in_a_row)

        cells, in_rows = self._cells, self._in_rows
        writer = FormulaWriter(
            cells.cell, add_up, cells.given, cover, cells.meaning, in_rows, cells.counted
        )
        return guarded(writer.of(number), self._m, cells.counted)
