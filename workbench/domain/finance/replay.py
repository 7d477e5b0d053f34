# SPDX-License-Identifier: MIT
"""The same calculation over many paths at once: terms replayed on numpy arrays.

Floats, not decimals: a simulation asks for shares and percentiles, not for 分. What does not
depend on a varied input is computed once, exactly, and enters as a constant.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.domain.finance.terms import Op, Place, Term, walk

Paths = NDArray[np.float64]
Number = Paths | float
_HALF = 0.5

_BINARY: dict[Op, Callable[[Number, Number], Number]] = {
    Op.ADD: np.add,
    Op.SUBTRACT: np.subtract,
    Op.MULTIPLY: np.multiply,
    Op.DIVIDE: np.divide,
    Op.POWER: np.power,
    Op.MAX: np.maximum,
    Op.MIN: np.minimum,
}


@dataclass(frozen=True, slots=True)
class _Step:
    """One operation: where its parts are, and which of them are not needed after it."""

    op: Op
    parts: tuple[int, ...]
    into: int
    done: tuple[int, ...]


class Program:
    """Terms compiled once for some varied inputs; run as often as there are blocks of paths."""

    def __init__(self, outputs: Sequence[Term], varied: Collection[Place]) -> None:
        """Compile; unknown constants become NaN and make what depends on them NaN."""
        self._constants: dict[int, float] = {}
        self._inputs: dict[int, Place] = {}
        self._slots: dict[int, int] = {}
        self._powers: dict[tuple[int, int], int] = {}
        self._count = 0
        steps: list[tuple[Op, tuple[int, ...], int]] = []
        wanted = set(varied)
        for item in walk(*outputs):
            self._place(item, wanted, steps)
        self._outputs = [self._slots[id(item)] for item in outputs]
        self._steps = self._with_ends(steps)

    def _place(
        self, item: Term, wanted: set[Place], steps: list[tuple[Op, tuple[int, ...], int]]
    ) -> None:
        if item.op is Op.NAMED:
            self._slots[id(item)] = self._slots[id(item.parts[0])]
            return
        if isinstance(item.label, Place) and item.label in wanted:
            slot = self._new(item)
            self._inputs[slot] = item.label
            return
        parts = tuple(self._slots[id(part)] for part in item.parts)
        if all(part in self._constants for part in parts):
            slot = self._new(item)
            self._constants[slot] = float("nan") if item.value is None else float(item.value)
            return
        slot = self._new(item)
        if item.op is Op.POWER:
            steps.append((*self._shorter_power(parts), slot))
            self._remember_power(parts, slot)
        else:
            steps.append((item.op, parts, slot))

    def _new(self, item: Term) -> int:
        slot = self._slots[id(item)] = self._count
        self._count += 1
        return slot

    def _remember_power(self, parts: tuple[int, ...], slot: int) -> None:
        base, exponent = parts
        times = self._constants.get(exponent)
        if times is not None and times == int(times):
            self._powers[base, int(times)] = slot

    def _shorter_power(self, parts: tuple[int, ...]) -> tuple[Op, tuple[int, ...]]:
        """Turn xⁿ into xⁿ⁻¹ · x where xⁿ⁻¹ is there already: years come in order."""
        base, exponent = parts
        times = self._constants.get(exponent)
        if times is None or times != int(times):
            return Op.POWER, parts
        if times == 1:
            return Op.SUM, (base,)
        before = self._powers.get((base, int(times) - 1))
        return (Op.MULTIPLY, (before, base)) if before is not None else (Op.POWER, parts)

    def _with_ends(self, steps: list[tuple[Op, tuple[int, ...], int]]) -> list[_Step]:
        """Say after which step each intermediate result is not needed any more."""
        kept = {*self._outputs, *self._constants, *self._inputs}
        last = {part: index for index, (_, parts, _) in enumerate(steps) for part in parts}
        return [
            _Step(op, parts, into, tuple(
                part for part in set(parts) if part not in kept and last[part] == index
            ))
            for index, (op, parts, into) in enumerate(steps)
        ]  # fmt: skip

    @property
    def inputs(self) -> tuple[Place, ...]:
        """Return the varied inputs that matter at all."""
        return tuple(self._inputs.values())

    def run(self, values: Mapping[Place, Paths]) -> list[Number]:
        """Return the outputs over the paths; an output that nothing varied moves is one float."""
        slots: dict[int, Number] = dict(self._constants)
        for slot, place in self._inputs.items():
            slots[slot] = values[place]
        with np.errstate(all="ignore"):
            for step in self._steps:
                slots[step.into] = _apply(step.op, [slots[part] for part in step.parts])
                for part in step.done:
                    del slots[part]
        return [slots[slot] for slot in self._outputs]


def _apply(op: Op, parts: list[Number]) -> Number:
    if op in (Op.IF_LE, Op.IF_LT):
        left, right, yes, no = parts
        chosen = np.less_equal(left, right) if op is Op.IF_LE else np.less(left, right)
        return np.where(chosen, yes, no)
    if op is Op.SUM:
        return _summed(parts)
    if op is Op.ROUND:
        return np.copysign(np.floor(np.abs(parts[0]) * 100 + _HALF), parts[0]) / 100
    result = parts[0]
    for part in parts[1:]:
        result = _BINARY[op](result, part)
    return result


def _summed(parts: list[Number]) -> Number:
    result = parts[0]
    for part in parts[1:]:
        result = result + part
    return result
