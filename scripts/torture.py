# SPDX-License-Identifier: MIT
"""Tortures the product and counts what came through: tried, survived, lost.

python scripts/torture.py [NAME ...] [--quick] [--json] [--keep FOLDER] [--seed N]

A family takes the options and returns one Report; add one by listing it below.
"""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from scripts.tortures import projects, workbooks
from scripts.tortures.report import Options

TORTURES = {
    "workbooks": workbooks.torture,
    "projects": projects.torture,
}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=" ".join(TORTURES))
    parser.add_argument("--quick", action="store_true", help="a tenth of everything")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--keep", type=Path, help="put what was lost into this folder")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.names if name not in TORTURES]:
        parser.error(f"unknown: {' '.join(unknown)}; known: {' '.join(TORTURES)}")
    wanted = Options(options.quick, options.seed, options.keep)
    reports = [TORTURES[name](wanted) for name in options.names or TORTURES]
    if options.json:
        print(json.dumps([asdict(report) for report in reports], indent=2, ensure_ascii=False))
    else:
        for report in reports:
            print(report)
    return 1 if any(report.lost for report in reports) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
