# SPDX-License-Identifier: MIT
"""How a simulation is made: what varies, what goes together, how often, and from which seed."""

import json
from dataclasses import dataclass

from workbench.domain.finance.distributions import (
    Correlation,
    Distribution,
    Kind,
    Mode,
    Uncertain,
)

USUAL_PATHS, USUAL_SEED = 10_000, 1
MOST_PATHS = 1_000_000


@dataclass(frozen=True, slots=True)
class SimulationSettings:
    """What is kept of a simulation: with it the same numbers come out again."""

    uncertain: tuple[Uncertain, ...] = ()
    correlations: tuple[Correlation, ...] = ()
    paths: int = USUAL_PATHS
    seed: int = USUAL_SEED


def settings_to_text(settings: SimulationSettings) -> str:
    """Return the settings as JSON text."""
    plain = {
        "paths": settings.paths,
        "seed": settings.seed,
        "uncertain": [
            {
                "input": item.key,
                "distribution": item.distribution.kind.value,
                "parameters": list(item.distribution.parameters),
                "applies": item.mode.value,
                "yearly": item.yearly,
            }
            for item in settings.uncertain
        ],
        "correlations": [[pair.first, pair.second, pair.rank] for pair in settings.correlations],
    }
    return json.dumps(plain, ensure_ascii=False, sort_keys=True)


def settings_from_text(text: str) -> SimulationSettings | None:
    """Return the settings that ``settings_to_text`` wrote; None for nothing."""
    if not text:
        return None
    plain = json.loads(text)
    uncertain = tuple(
        Uncertain(
            row["input"],
            Distribution(Kind(row["distribution"]), tuple(map(float, row["parameters"]))),
            Mode(row["applies"]),
            bool(row["yearly"]),
        )
        for row in plain["uncertain"]
    )
    pairs = tuple(Correlation(a, b, float(rank)) for a, b, rank in plain["correlations"])
    return SimulationSettings(uncertain, pairs, int(plain["paths"]), int(plain["seed"]))
