# SPDX-License-Identifier: MIT
"""What a scenario takes for leases that do not say it: free months, and that no rent is raised."""

from decimal import Decimal

from workbench.domain.finance.settling import Provenance
from workbench.domain.report.sections.money.words import Calculated, Say

_LEASES = "leases"
_FREE = "free_counted"
_STEP = "step_months"
_WRITTEN = "escalation"


def silent_leases(found: Calculated, say: Say) -> str:
    """Return a sentence on what was assumed of silent leases, "" where every lease speaks.

    An answer rests on it though the ledger is blank, so that it must stand beside the answer.
    """
    parts = [
        say("silent_free", count=each.params["count"], months=each.params["months"])
        for each in found.result.findings
        if each.code == _FREE
    ]
    if count := _without_steps(found):
        parts.append(say("silent_steps", count=count))
    if not parts:
        return ""
    return say("silent", parts=say.texts("report.semicolon").join(parts))


def _without_steps(found: Calculated) -> int:
    """Return how many leases of the ledger count without rent steps because they say nothing."""
    settled = found.result.settled.get(_LEASES)
    if settled is None or settled.provenance is not Provenance.LEDGER or settled.trace is None:
        return 0
    rows = settled.value if isinstance(settled.value, tuple) else ()
    steps = [row.get(_STEP) for row in rows if not isinstance(row, Decimal) and row]
    told = {cell.key for cell in settled.trace.inputs if cell.field == _WRITTEN}
    return max(min(sum(step == 0 for step in steps), len(rows) - len(told)), 0)
