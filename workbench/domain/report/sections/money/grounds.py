# SPDX-License-Identifier: MIT
"""Where the inputs of scenarios come from inside the report: annex rows and policy parameters."""

from collections.abc import Mapping
from functools import cached_property

from workbench.domain.finance.settling import Settled
from workbench.domain.records.ledger import Record
from workbench.domain.report.model import Cell
from workbench.domain.report.sections.links import PARAMETERS, ledger_cell, records_key
from workbench.domain.report.sections.material import Material


class Grounds:
    """Finds for what a scenario reads the cell of the report that shows it."""

    def __init__(self, m: Material) -> None:
        self._m = m

    def of(self, settled: Settled) -> str:
        """Return where an input leads to: its parameter, the first record it was read from, "".

        A value that the analyst typed, or a default, leads nowhere.
        """
        if settled.parameter is not None:
            row = self._parameters.get(settled.parameter.code)
            return f"{PARAMETERS}@{row}" if row else ""
        if settled.trace is None:
            return ""
        places = (self.record(each.entity, each.key) for each in settled.trace.inputs)
        return next((place for place in places if place), "")

    def record(self, entity: str, key: str) -> str:
        """Return the row of a record in its annex, "" for one that stands in none."""
        listing = self._m.annex.get(entity)
        row = listing.rows.get(key) if listing else None
        return f"{records_key(entity)}@{row}" if row else ""

    def cell(self, record: Record, key: str) -> Cell:
        """Return a field of a record as its annex shows it, by a formula where it can be."""
        return ledger_cell(record, key, self._m)

    def lease(self, name: str) -> str:
        """Return the row of a lease in its annex by what a rent roll calls it."""
        return self._leases.get(name, "")

    @cached_property
    def _parameters(self) -> Mapping[str, int]:
        found: dict[str, int] = {}
        for row, param in enumerate(self._m.content.parameters, start=1):
            found.setdefault(param.code, row)
        return found

    @cached_property
    def _leases(self) -> Mapping[str, str]:
        """Return the leases by contract number, else by tenant, as rent rolls name them."""
        found: dict[str, str] = {}
        for lease in self._m.whole.leases:
            tenant = self._m.whole.ledger.find("enterprise", lease.text("tenant"))
            name = lease.text("contract_no") or (tenant.label if tenant else lease.label)
            found.setdefault(name, self.record("lease", lease.key))
        return found
