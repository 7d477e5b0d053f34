# SPDX-License-Identifier: MIT
"""What a newer assessment would find on the date and on the assets of an older one."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from workbench.application.assessment.assessing import AssessmentDraft
from workbench.application.assessment.assessing_named import options_for
from workbench.application.versions.telling import Reader
from workbench.domain.freezing.differences import Side


def with_old_basis(reader: Reader, sides: tuple[Side, Side]) -> tuple[Side, Side]:
    """Return both sides; the new one says what it finds before its date and its assets count.

    ``reader`` is whoever read the new one. Nothing is computed where both are the same.
    """
    old, new = sides
    was, now = old.found.scope, new.found.scope
    found = {}
    if was.as_of != now.as_of:
        found["date"] = _again(reader, new, was.as_of, was.asset_keys)
    if was.asset_keys != now.asset_keys:
        found["scope"] = _again(reader, new, now.as_of, was.asset_keys)
    return old, replace(new, on_old_basis=found)


def _again(
    reader: Reader, side: Side, as_of: date, assets: Collection[str] | None
) -> AssessmentDraft:
    services, assessment = reader
    scope = side.found.scope
    options = options_for(services, scope.park_key, assessment.key, assets or ())
    there = None
    if assets is not None:
        held = (scope.ledger.find(entity, key) for entity in ("parcel", "building")
                for key in sorted(assets))  # fmt: skip
        there = frozenset(record.key for record in held if record is not None)
    return services.assessing.run(
        scope.park_key, there or None, as_of, options, ledger=scope.ledger
    )
