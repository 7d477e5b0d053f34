# SPDX-License-Identifier: MIT
"""What a scenario takes where nobody said it: free months, rents never raised, open terms."""

from decimal import Decimal

from workbench.domain.finance.settling import Provenance
from workbench.domain.report.sections.money.words import Calculated, Say

_LEASES = "leases"
_FREE = "free_counted"
_STEP = "step_months"
_WRITTEN = "escalation"
_OPEN = frozenset({"appraisal_unknown", "guarantee_unknown", "needs_unanimous"})
"""Findings that something agreed or appraised is not known, and that it was left out of account."""


def assumed(found: Calculated, say: Say) -> str:
    """Return the sentences on what an answer takes though nobody said it, "" where all is said.

    It rests on that, so that they must stand beside it.
    """
    return silent_leases(found, say) + _open_terms(found, say)


def _open_terms(found: Calculated, say: Say) -> str:
    codes = dict.fromkeys(each.code for each in found.result.findings if each.code in _OPEN)
    parts = say.texts("report.semicolon").join(say(f"open_{code}") for code in codes)
    return say("open_terms", parts=parts) if parts else ""


def silent_leases(found: Calculated, say: Say) -> str:
    """Return a sentence on what was assumed of silent leases, "" where every lease speaks."""
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
