# SPDX-License-Identifier: MIT
"""How much of a change comes from another date or another choice of assets alone."""

from collections.abc import Mapping
from typing import Any

from workbench.domain.freezing.differences import Reason, Side
from workbench.domain.freezing.outcomes import RESULTS


class Basis:
    """Tells what the date and the assets changed, by what the new side finds on those of the old.

    A change is walked in steps: everything else on the old date and the old assets, then the new
    date, then the new assets. A step is a cause when the result differs before and after it.
    """

    def __init__(self, old: Side, new: Side) -> None:
        before, after = old.found.scope, new.found.scope
        dates = {"old": before.as_of.isoformat(), "new": after.as_of.isoformat()}
        params = {"date": dates}
        self.differs = [Reason(code, params.get(code, {})) for code in new.on_old_basis]
        """That the date is another one, and the assets."""
        self._found = (*new.on_old_basis.values(), new.found)
        self._known: dict[str, list[Mapping[Any, Any]]] = {}

    def split(self, kind: str, subject: Any, was: Any) -> tuple[bool, list[Reason]]:
        """Tell whether anything but date and assets changed a result, and which of them did.

        ``was`` is the result on the old side.
        """
        if kind not in self._known:
            self._known[kind] = [RESULTS[kind](found) for found in self._found]
        steps = [results.get(subject) for results in self._known[kind]]
        pairs = zip(self.differs, steps, steps[1:], strict=False)
        reasons = [reason for reason, left, right in pairs if left != right]
        return was != steps[0], reasons
