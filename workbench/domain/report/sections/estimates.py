# SPDX-License-Identifier: MIT
"""Which numbers of a ledger are estimates (约), and which indicators are made of one."""

from decimal import Decimal

from workbench.domain.indicators.indicator import IndicatorValue
from workbench.domain.records.ledger import Ledger
from workbench.domain.values import KeptOrigins, ValueState

_OF_CELLS = "I-52"
Cells = frozenset[tuple[str, str, str]]
"""Numbers of a ledger by entity, key and field."""


def estimated_cells(ledger: Ledger) -> Cells:
    """Return the numbers that their source calls an estimate, or qualifies (余, 近)."""
    return frozenset(
        (record.entity, record.key, name)
        for record in ledger
        if not (isinstance(record.origins, KeptOrigins) and record.origins.ordinary)
        for name, origin in record.origins.items()
        if (origin.state is ValueState.ESTIMATED or origin.qualifier)
        and isinstance(record.values.get(name), Decimal)
    )


def rests_on(value: IndicatorValue, estimates: Cells) -> bool:
    """Tell whether one of the numbers behind an indicator is an estimate; one counts only cells."""
    if not estimates or value.id == _OF_CELLS:
        return False
    return any((cell.entity, cell.key, cell.field) in estimates for cell in value.trace.inputs)
