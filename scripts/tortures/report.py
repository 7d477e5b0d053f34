# SPDX-License-Identifier: MIT
"""What a torture is given, and what it reports."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Options:
    """How much to do, from which seed, and where to put what was lost."""

    quick: bool = False
    seed: int = 1
    keep: Path | None = None


@dataclass
class Report:
    """How many were tried and survived; ``losses`` name the others, ``notes`` say more."""

    name: str
    tried: int = 0
    survived: int = 0
    losses: list[str] = field(default_factory=list)
    notes: dict[str, float] = field(default_factory=dict)
    lost: int = 0

    def take(self, survived: bool, what: str) -> None:
        self.tried += 1
        if survived:
            self.survived += 1
        else:
            self.lost += 1
            self.losses.append(what)

    def __str__(self) -> str:
        lines = [f"{self.name}: tried {self.tried}, survived {self.survived}, lost {self.lost}"]
        lines += [f"  {name} {value:g}" for name, value in self.notes.items()]
        return "\n".join([*lines, *(f"  LOST {loss}" for loss in self.losses)])
