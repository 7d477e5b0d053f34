# SPDX-License-Identifier: MIT
"""Which pathways are open to a scope: preconditions and blocks in three-valued logic (§5c, 1)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from workbench.domain.bilingual import Bilingual
from workbench.domain.conditions import Condition, ConditionError
from workbench.domain.explain import Input, Missing
from workbench.domain.facts.lookup import Facts
from workbench.domain.pathways.pathway import Pathway
from workbench.domain.values import Value


class Feasibility(StrEnum):
    """What the preconditions come to."""

    OPEN = "可行"
    BLOCKED = "不可行"
    NOT_YET = "暂不具备"
    PENDING = "待核"


@dataclass(frozen=True, slots=True)
class ConditionCheck:
    """One precondition or block asked of a scope; truth None is 待核.

    ``way_out`` is the pathway that can bring a precondition about, or that a block leads to.
    """

    id: str
    text: Bilingual
    truth: bool | None
    red_line: bool
    way_out: str
    values: tuple[tuple[str, Value], ...]
    inputs: tuple[Input, ...]
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class PathwayCheck:
    """One pathway asked of a scope."""

    pathway: Pathway
    preconditions: tuple[ConditionCheck, ...]
    blocks: tuple[ConditionCheck, ...]

    @property
    def feasibility(self) -> Feasibility:
        """Return the verdict: a true block outweighs a lack, a lack outweighs what is unknown."""
        needed = [check.truth for check in self.preconditions]
        blocking = [check.truth for check in self.blocks]
        if True in blocking:
            return Feasibility.BLOCKED
        if False in needed:
            return Feasibility.NOT_YET
        return Feasibility.PENDING if None in (*needed, *blocking) else Feasibility.OPEN

    @property
    def open_vetoes(self) -> tuple[ConditionCheck, ...]:
        """Return the blocks of which nobody knows whether they are hit."""
        return tuple(check for check in self.blocks if check.truth is None)

    @property
    def to_fix(self) -> tuple[ConditionCheck, ...]:
        """Return what stands in the way: true blocks, then preconditions that fail."""
        blocks = tuple(check for check in self.blocks if check.truth)
        return blocks + tuple(check for check in self.preconditions if check.truth is False)


def check_pathways(pathways: Iterable[Pathway], facts: Facts) -> tuple[PathwayCheck, ...]:
    """Ask the preconditions and blocks of every pathway of a scope."""
    return tuple(
        PathwayCheck(
            pathway,
            tuple(
                _check(facts, item.id, item.text, item.condition, item.red_line, item.enabled_by)
                for item in pathway.preconditions
            ),
            tuple(
                _check(facts, item.id, item.text, item.condition, False, item.instead)
                for item in pathway.blocks
            ),
        )
        for pathway in pathways
    )


def _check(
    facts: Facts, id_: str, text: Bilingual, condition: Condition, red_line: bool, way_out: str
) -> ConditionCheck:
    try:
        verdict = condition.evaluate(facts.lookup)
    except ConditionError:
        read = facts.cells(condition.ordered_names)
        return ConditionCheck(id_, text, None, red_line, way_out, (), read, ())
    used = [facts.fact(name) for name in verdict.used]
    return ConditionCheck(
        id_,
        text,
        verdict.truth,
        red_line,
        way_out,
        tuple((fact.name, fact.value) for fact in used if fact.value is not None),
        facts.cells(verdict.rests_on),
        facts.gaps(verdict.missing),
    )
