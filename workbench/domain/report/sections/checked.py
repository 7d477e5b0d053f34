# SPDX-License-Identifier: MIT
"""How many checks of the ledger had something to look at: silence of the others proves nothing."""

from workbench.domain.checks.registry import rules_with_material
from workbench.domain.report.sections.material import Material


def nothing_found(m: Material) -> str:
    """Return what it means that no check complained."""
    ran, total = _counted(m)
    if not ran:
        return m.say("no_checks_ran", total=total)
    return m.say("no_findings") + checks_ran(m)


def checks_ran(m: Material) -> str:
    """Return how many checks had a record to look at."""
    ran, total = _counted(m)
    return m.say("checks_ran", total=total, ran=ran, rest=total - ran)


def _counted(m: Material) -> tuple[int, int]:
    whole = m.whole
    return rules_with_material(whole.ledger.within(whole.park_key), whole.as_of, whole.params)
