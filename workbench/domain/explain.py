# SPDX-License-Identifier: MIT
"""Where a computed number comes from: formula, inputs, parameters, and what was missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from workbench.domain.values import Value


class Input(NamedTuple):
    """One ledger cell that a result used: entity, record key, field and its normalized value."""

    entity: str
    key: str
    field: str
    value: Value


class Missing(NamedTuple):
    """One ledger cell that a result needs and that is not known; key "" means no record at all.

    ``of`` is the record, by entity and key, that the lacking record would belong to; with the
    lacking record's own entity it is the kind that it would be of.
    """

    entity: str
    key: str
    field: str
    of: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Trace:
    """The path from ledger cells to a result; ``formula`` is a text key."""

    formula: str
    inputs: tuple[Input, ...] = ()
    missing: tuple[Missing, ...] = ()
    parameters: Mapping[str, Decimal | str] = field(default_factory=dict)
