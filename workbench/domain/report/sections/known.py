# SPDX-License-Identifier: MIT
"""Whether a ledger says enough to assess its park at all.

Scores of what nobody described would only look like an assessment, and page after page of 待核
hides the one thing that a reader needs: what is missing and what to do.
"""

from collections.abc import Iterator
from dataclasses import replace

from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.steps.completeness import FILLED

_FACT = FILLED.replace("-", "_")
"""What rules call how full the ledger is."""


def nothing_known(m: Material) -> bool:
    """Tell whether no indicator, no diagnosis rule and no condition of a pathway can be decided.

    How full the ledger is (I-52, and the rule over it) is known of an empty one too.
    """
    if not m.recorded:
        return True
    return m.scope.whole_park and not any(_decided(m))


def told(m: Material) -> Material:
    """Return what is worth telling: no case where none resembles, nothing ranked of a bare park."""
    if m.is_bare:
        return replace(m, ranking=None, pathways=(), distresses=(), matches=())
    if not any(match.similarity for match in m.matches):
        return replace(m, matches=())
    return m


def _decided(m: Material) -> Iterator[bool]:
    """Yield of everything that an assessment looks at whether it is known."""
    yield from (value.value is not None for id_, value in m.indicators.items() if id_ != FILLED)
    for distress in m.distresses:
        for result in distress.rules:
            yield result.truth is not None and result.rule.measure != _FACT
    for path in m.pathways:
        yield from (each.truth is not None for each in (*path.preconditions, *path.blocks))
