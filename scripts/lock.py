# SPDX-License-Identifier: MIT
"""Writes requirements.lock and requirements-dev.lock anew from pyproject.toml; needs uv.

python scripts/lock.py [--upgrade]   without --upgrade, pins that still fit stay as they are
"""

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
RUNTIME = ["--extra", "gui"]
LOCKS = {
    "requirements.lock": RUNTIME,
    "requirements-dev.lock": [*RUNTIME, "--extra", "postgres", "--group", "dev"],
}
# no address of a registry may reach the files: the reader's own settings decide where to fetch
FORM = [
    "--universal",
    "--python-version=3.11",
    "--generate-hashes",
    "--no-annotate",
    "--no-header",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--quiet",
]
SYSTEMS = ("x86_64-manylinux_2_34", "windows", "macos")
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


def main() -> int:
    uv = shutil.which("uv") or str(Path(sys.executable).with_name("uv"))
    if not Path(uv).exists():
        print("uv is needed: see docs.astral.sh/uv", file=sys.stderr)
        return 1
    for name, extras in LOCKS.items():
        compile_lock = [uv, "pip", "compile", *FORM, *extras, "-o", name, "pyproject.toml"]
        subprocess.run([*compile_lock, *sys.argv[1:]], cwd=ROOT, check=True)
    with TemporaryDirectory() as nowhere:
        return prove_wheels(uv, nowhere)


def prove_wheels(uv: str, nowhere: str) -> int:
    """Tell whether every pin has a hashed wheel on each system for each Python."""
    lacking = 0
    for system in SYSTEMS:
        for python in PYTHONS:
            look = [uv, "pip", "install", "--dry-run", "--quiet", "--target", nowhere]
            look += ["--require-hashes", "--only-binary", ":all:", "-r", "requirements-dev.lock"]
            look += ["--python-platform", system, "--python-version", python]
            complete = subprocess.run(look, cwd=ROOT).returncode == 0
            print(f"{system} {python}: {'complete' if complete else 'a wheel is missing'}")
            lacking += not complete
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
