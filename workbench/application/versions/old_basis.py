# SPDX-License-Identifier: MIT
"""What a newer assessment would find on the date and on the assets of an older one."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from functools import cached_property

from workbench.application.assessment.assessing import AssessmentDraft, AssessmentOptions
from workbench.application.assessment.assessing_named import options_for
from workbench.application.versions.telling import Reader
from workbench.domain.freezing.differences import Side
from workbench.domain.records.ledger import Ledger


def with_old_basis(reader: Reader, sides: tuple[Side, Side]) -> tuple[Side, Side]:
    """Return both sides; the new one says what it finds before its date and its assets count.

    ``reader`` is whoever read the new one. Nothing is computed where both are the same.
    """
    old, new = sides
    was, now = old.found.scope, new.found.scope
    found = {}
    if was.as_of != now.as_of:
        found["date"] = _Again(reader, new, was.as_of, was.asset_keys)(now.ledger)
    if was.asset_keys != now.asset_keys:
        found["scope"] = _Again(reader, new, now.as_of, was.asset_keys)(now.ledger)
    on_ledger = _Again(reader, new, was.as_of, was.asset_keys)
    return old, replace(new, on_old_basis=found, on_ledger=on_ledger)


class _Again:
    """Assesses the new side again, on a date, assets and a ledger."""

    def __init__(
        self, reader: Reader, side: Side, as_of: date, assets: Collection[str] | None
    ) -> None:
        self._reader, self._park = reader, side.found.scope.park_key
        self._as_of, self._assets = as_of, assets

    @cached_property
    def _options(self) -> AssessmentOptions:
        services, assessment = self._reader
        return options_for(services, self._park, assessment.key, self._assets or ())

    def __call__(self, ledger: Ledger) -> AssessmentDraft:
        there = None
        if self._assets is not None:
            held = (ledger.find(entity, key) for entity in ("parcel", "building")
                    for key in sorted(self._assets))  # fmt: skip
            there = frozenset(record.key for record in held if record is not None)
        services, _assessment = self._reader
        return services.assessing.run(
            self._park, there or None, self._as_of, self._options, ledger=ledger
        )
