# SPDX-License-Identifier: MIT
"""The checklist's template: stages, roles and items, as one edition that never changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from workbench.domain.bilingual import Bilingual
from workbench.domain.conditions import Condition
from workbench.domain.labels import Labelled

ALL = "ALL"
TRANS = "TRANS"
SOE = "SOE"
TRANSFER_PATHWAYS = frozenset({"P02", "P04", "P09", "P15", "P16"})
"""The pathways that TRANS stands for: those that move a title."""


class Stage(Labelled):
    """The eight stages, in order."""

    S1 = "S1"
    S2 = "S2"
    S3 = "S3"
    S4 = "S4"
    S5 = "S5"
    S6 = "S6"
    S7 = "S7"
    S8 = "S8"


class Role(Labelled):
    """Who is responsible for an item."""

    LEDGER = "ledger"
    ASSETS = "assets"
    LEGAL = "legal"
    FINANCE = "finance"
    PLANNING = "planning"
    LEASING = "leasing"
    APPRAISER = "appraiser"
    LEAD = "lead"
    COMMITTEE = "committee"
    REGULATOR = "regulator"


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One item of the template; ``paths`` holds ALL, TRANS, SOE or pathway codes.

    ``when`` is a condition on the ledger: while it is false the item is closed, whatever the
    pathways; ``opens`` is one that opens the item even without its pathways. ``blocked_by`` names
    items that must be done first.
    """

    id: str
    stage: Stage
    title: Bilingual
    why: Bilingual
    evidence: Bilingual
    roles: tuple[Role, ...]
    paths: tuple[str, ...]
    red_line: bool
    weight: int
    when: Condition | None = None
    opens: Condition | None = None
    blocked_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Template:
    """One version of the checklist; an instance keeps its version, edits never reach it."""

    version: str
    items: tuple[ChecklistItem, ...]
    _by_id: Mapping[str, ChecklistItem] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {item.id: item for item in self.items})

    def find(self, item_id: str) -> ChecklistItem | None:
        """Return one item, or None."""
        return self._by_id.get(item_id)
