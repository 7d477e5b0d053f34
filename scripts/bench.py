# SPDX-License-Identifier: MIT
"""Measures the numbers that are promised, each beside its floor and a peer in the same run.

python scripts/bench.py [NAME ...] [--json] [--runs N]

Ratios are medians over runs taken in turn (A B A B ...), so that a machine whose speed drifts
moves both sides.
"""

import argparse
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.benches import (
    assess,
    checklist,
    demo,
    evidence,
    finding,
    grid,
    importing,
    matching,
    merging,
    money,
    ranking,
    reporting,
    start,
)
from scripts.benches.measure import Measure

BENCHES = {
    "startup": start.startup,
    "demo": demo.demo,
    "assess": assess.assess,
    "checklist": checklist.checklist,
    "evidence": evidence.evidence,
    "import": importing.importing,
    "grid": grid.grid,
    "merge": merging.merging,
    "money": money.money,
    "matching": matching.matching,
    "find": finding.finding,
    "ranking": ranking.ranking,
    "report": reporting.reporting,
    "portfolio": reporting.portfolio,
}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=" ".join(BENCHES))
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.names if name not in BENCHES]:
        parser.error(f"unknown: {' '.join(unknown)}; known: {' '.join(BENCHES)}")
    measures: list[Measure] = []
    for name in options.names or BENCHES:
        measures += BENCHES[name](options.runs)
    if options.json:
        print(json.dumps([measure.plain() for measure in measures], indent=2))
    else:
        for measure in measures:
            print(measure)
    return 0 if all(measure.holds for measure in measures) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
