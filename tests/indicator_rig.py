# SPDX-License-Identifier: MIT
"""One indicator of a park of records, with what it misses and notes."""

from datetime import date
from decimal import Decimal

from tests.builders import (
    a_ledger,
    a_park,
)
from workbench.domain.figures.scope import Scope
from workbench.domain.indicators.indicator import evaluate
from workbench.domain.indicators.registry import INDICATORS

AS_OF = date(2025, 6, 30)
PARAMS = {"far_height_double": Decimal(8)}


def of(id_, *records, assets=None, params=PARAMS):
    keys = None if assets is None else frozenset(assets)
    scope = Scope(a_ledger(a_park(), *records), "park", keys, AS_OF, params)
    return evaluate(INDICATORS[id_], scope, {})


def missing(value):
    return {(m.entity, m.key, m.field) for m in value.trace.missing}


def notes(value):
    return {note.code: note.params for note in value.notes}
