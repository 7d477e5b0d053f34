# SPDX-License-Identifier: MIT
"""All gates behind one door: format, lint, import contracts, types, tests.

python scripts/check.py [--fix] [pytest arguments]   --fix formats and mends lint first
"""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONTRACTS = "import sys; from importlinter.cli import lint_imports_command as run; sys.exit(run())"
GATES = {
    "format": ["-m", "ruff", "format", "--check", "."],
    "lint": ["-m", "ruff", "check", "."],
    "contracts": ["-c", CONTRACTS],
    "types": ["-m", "mypy"],
    "tests": ["-m", "pytest", "-q", "-n", "auto", "--dist", "loadfile"],
}
MENDS = {"format": ["-m", "ruff", "format", "."], "lint": ["-m", "ruff", "check", "--fix", "."]}


def main(arguments: list[str]) -> int:
    gates = dict(GATES)
    if "--fix" in arguments:
        arguments = [word for word in arguments if word != "--fix"]
        gates.update(MENDS)
    gates["tests"] = [*GATES["tests"], *arguments]
    failed = [name for name, command in gates.items() if not passes(name, command)]
    print(f"failed: {', '.join(failed)}" if failed else "all gates passed")
    return 1 if failed else 0


def passes(name: str, command: list[str]) -> bool:
    print(f"== {name}", flush=True)
    begun = time.monotonic()
    environment = dict(os.environ, PYTHONPATH=str(ROOT), PYTHONUTF8="1")
    code = subprocess.call([sys.executable, *command], cwd=ROOT, env=environment)
    outcome = "FAILED" if code else "passed"
    print(f"   {outcome} in {time.monotonic() - begun:.1f} s", flush=True)
    return code == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
