# SPDX-License-Identifier: MIT
"""Monte Carlo beside its floor: the same cash flows written by hand in numpy, in the same run."""

import json
import subprocess
import sys
import time
from datetime import date
from decimal import Decimal

import numpy as np

from scripts.benches import money_window
from scripts.benches.measure import ROOT, Measure, in_turn, ratio

PATHS, YEARS = 10_000, 20
AREA, RENT, GROWTH, RATE, CAP = 20_000.0, 15.0, 0.02, 0.08, 0.075
PATH = [0.60, 0.72, 0.82, 0.88] + [0.90] * (YEARS - 4)
MEMORY = """
import json, resource
from scripts.benches.money import scenario, uncertain
from workbench.domain.finance.simulation import simulate
found = simulate(scenario(), uncertain(), paths=100_000, seed=1)
print(json.dumps(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))
"""


def scenario():
    from workbench.domain.finance.models import MODELS
    from workbench.domain.finance.scenarios import Scenario
    from workbench.domain.finance.settling import Surroundings
    from workbench.domain.parameters import ParameterSet

    stated = {
        "years": YEARS, "area": AREA, "rent": RENT, "base_occupancy": 0.45, "capex": 9e6,
        "collection": 0.96, "opex_ratio": 0.18, "property_tax": 0.12, "discount_rate": RATE,
        "cap_rate": CAP,
    }  # fmt: skip
    values = {key: Decimal(str(value)) for key, value in stated.items()}
    path = tuple(Decimal(str(share)) for share in PATH)
    around = Surroundings(ParameterSet(()), date(2026, 6, 30))
    return Scenario(MODELS["lease_up"], {**values, "occupancy": path}, around)


def uncertain():
    from workbench.domain.finance.distributions import Distribution, Kind, Mode, Uncertain

    return [
        Uncertain("rent", Distribution(Kind.NORMAL, (RENT, 1.5))),
        Uncertain("occupancy", Distribution(Kind.NORMAL, (1.0, 0.05)), Mode.FACTOR, yearly=True),
        Uncertain("capex", Distribution(Kind.NORMAL, (9e6, 9e5))),
    ]


def by_hand() -> float:
    """Simulate, discount by one product, solve by Newton with Horner; percentiles, histogram."""
    begun = time.perf_counter()
    random = np.random.default_rng(1)
    rent = RENT + 1.5 * random.standard_normal(PATHS)
    shocks = 1 + 0.05 * random.standard_normal((YEARS, PATHS))
    capex = 9e6 + 9e5 * random.standard_normal(PATHS)
    occupancy = np.clip(np.array(PATH)[:, None] * shocks, 0, 1)
    growth = ((1 + GROWTH) ** np.arange(1, YEARS + 1))[:, None]
    income = AREA * rent * 12 * growth * occupancy * 0.96
    base = AREA * rent * 12 * growth * 0.45 * 0.96 * 0.7
    flows = np.vstack([-capex, income - income * 0.18 - income * 0.12 - base])
    npv = (1 / (1 + RATE)) ** np.arange(YEARS + 1) @ flows
    rate = np.full(PATHS, 0.1)
    open_ = np.arange(PATHS)
    for _ in range(50):
        v, part = 1 / (1 + rate[open_]), flows[:, open_]
        value, slope = part[-1].copy(), np.zeros(len(open_))
        for amounts in part[-2::-1]:
            slope = slope * v + value
            value = value * v + amounts
        step = value / (slope * v * v)
        rate[open_] += step
        open_ = open_[np.abs(step) > 1e-10]
        if not len(open_):
            break
    for values in (npv, rate):
        np.percentile(values, (1, 5, 10, 25, 50, 75, 90, 95, 99))
        np.histogram(values, 40)
    return time.perf_counter() - begun


def ours() -> float:
    from workbench.domain.finance.simulation import simulate

    made, what = scenario(), uncertain()
    begun = time.perf_counter()
    found = simulate(made, what, paths=PATHS, seed=1)
    taken = time.perf_counter() - begun
    if isinstance(found, tuple) or found.irr is None:
        raise SystemExit(f"the simulation was refused: {found}")
    return taken


def money(runs: int) -> list[Measure]:
    mine, floor = in_turn(max(runs, 9), ours, by_hand)
    done = subprocess.run(
        [sys.executable, "-c", MEMORY], cwd=ROOT, capture_output=True, text=True, check=True
    )
    median = sorted(floor)[len(floor) // 2]
    return [
        Measure("monte carlo 10,000 x 20", ratio(mine, floor), "x numpy", 2.0, floor=median),
        Measure("monte carlo 100,000 paths", json.loads(done.stdout), "MB", 500.0),
        *money_window.window(runs),
    ]
