# SPDX-License-Identifier: MIT
"""What a scenario takes where nobody said it: free months, rents never raised, open terms."""

from collections.abc import Iterator
from decimal import Decimal

from workbench.domain.display import Quantity, shown
from workbench.domain.finance.inputs import ModelInput
from workbench.domain.finance.models.joint_venture import NPV_WITHOUT_BACK
from workbench.domain.finance.settling import Provenance, Settled
from workbench.domain.report.sections.money.burdens import burdened
from workbench.domain.report.sections.money.defaults import taxed_by_default
from workbench.domain.report.sections.money.words import Calculated, Say

_LEASES = "leases"
_FREE = "free_counted"
_EXPIRED = "expired_left_out"
_STEP = "step_months"
_WRITTEN = "escalation"
_OPEN = frozenset({"appraisal_unknown", "guarantee_unknown", "needs_unanimous"})
"""Findings that something agreed or appraised is not known, and that it was left out of account."""


def assumed(found: Calculated, say: Say) -> str:
    """Return the sentences on what an answer takes though nobody said it, "" where all is said.

    It rests on that, so that they must stand beside it.
    """
    return (
        burdened(found, say)
        + capital_back(found, say)
        + silent_leases(found, say)
        + _open_terms(found, say)
        + _other_than_ledger(found, say)
        + taxed_by_default(found, say)
    )


def capital_back(found: Calculated, say: Say) -> str:
    """Say what a net present value is without capital that is taken to come back, "" for none."""
    result = found.result
    if not any(each.key == NPV_WITHOUT_BACK.key for each in result.measures.asked):
        return ""
    measure = result.measure(NPV_WITHOUT_BACK.key)
    if measure.value is None:
        return ""
    value = f"{shown(measure.value, measure.field)} {say.unit(measure.field)}"
    return say("back_counted", value=value)


def _contradicted(found: Calculated) -> Iterator[tuple[ModelInput, Decimal | int, Decimal | int]]:
    """Yield the inputs that an analyst stated otherwise than the ledger, with both amounts."""
    for item in found.model.inputs:
        settled = found.result.settled[item.key]
        stated, in_ledger = settled.value, instead_of_ledger(settled)
        if settled.provenance is Provenance.UNUSED or in_ledger is None:
            continue
        if isinstance(stated, Decimal | int):
            yield item, stated, in_ledger


def instead_of_ledger(settled: Settled) -> Decimal | int | None:
    """Return the amount that the ledger has instead of the stated one; None where they agree."""
    found = settled.ledger
    is_amount = isinstance(found, Decimal | int) and not isinstance(found, bool)
    return found if is_amount and isinstance(found, Decimal | int) else None


def with_unit(value: Decimal | int, item: ModelInput, say: Say) -> str:
    """Return the amount of an input in words with its unit."""
    text, unit = shown(value, item.field, say.language), say.unit(item.field)
    return f"{text} {unit}".rstrip()


def against_ledger(found: Calculated, say: Say) -> str:
    """Return the sentence on inputs that contradict the ledger, "" where none does."""
    parts = [
        say(
            "against_ledger_one",
            name=item.field.title(say.language),
            stated=with_unit(stated, item, say),
            found=with_unit(in_ledger, item, say),
        )
        for item, stated, in_ledger in _contradicted(found)
    ]
    return say("against_ledger", parts=say.texts("report.semicolon").join(parts)) if parts else ""


def _other_than_ledger(found: Calculated, say: Say) -> str:
    """Name the inputs that contradict the ledger, in short, "" for none."""
    names = [item.field.title(say.language) for item, _, _ in _contradicted(found)]
    return say("differs_from_ledger", names=say.texts("report.comma").join(names)) if names else ""


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
    parts += [
        say("silent_expired", count=each.params["count"], area=_quantity(each.params["area"], say))
        for each in found.result.findings
        if each.code == _EXPIRED
    ]
    if count := _without_steps(found):
        parts.append(say("silent_steps", count=count))
    if not parts:
        return ""
    return say("silent", parts=say.texts("report.semicolon").join(parts))


def _quantity(value: Quantity, say: Say) -> str:
    text, unit = shown(value.value, value.field, say.language), say.unit(value.field)
    return f"{text} {unit}".rstrip()


def _without_steps(found: Calculated) -> int:
    """Return how many leases of the ledger count without rent steps because they say nothing."""
    settled = found.result.settled.get(_LEASES)
    if settled is None or settled.provenance is not Provenance.LEDGER or settled.trace is None:
        return 0
    rows = settled.value if isinstance(settled.value, tuple) else ()
    steps = [row.get(_STEP) for row in rows if not isinstance(row, Decimal) and row]
    told = {cell.key for cell in settled.trace.inputs if cell.field == _WRITTEN}
    return max(min(sum(step == 0 for step in steps), len(rows) - len(told)), 0)
