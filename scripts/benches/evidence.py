# SPDX-License-Identifier: MIT
"""Evidence: adding a file costs by its own size, whatever the project already holds."""

import os
import statistics
import tempfile
import time
from pathlib import Path

from scripts.benches.measure import Measure, in_turn, ratio

FULL_MB, FILE_MB = 400, 8


def evidence(runs: int) -> list[Measure]:
    from workbench.application.project.evidencing import Owner
    from workbench.bootstrap import Program

    with tempfile.TemporaryDirectory() as folder:
        os.environ["WORKBENCH_HOME"] = str(Path(folder) / "home")
        program, place = Program(), Path(folder)

        def project(name: str, megabytes: int) -> str:
            path = str(place / name)
            services = program.create(path)
            park = services.editing.add("park", {"code": "P", "name": "P"})
            for number in range(megabytes // 40):
                scan = place / "scan.pdf"
                scan.write_bytes(os.urandom(40 * 1024 * 1024))
                services.evidencing.attach(Owner("park", park), [str(scan)], f"{number}")
            services.close()
            return path

        empty, full = project("empty.park", 0), project("full.park", FULL_MB)
        new = place / "new.pdf"

        def add(path: str) -> float:
            new.write_bytes(os.urandom(FILE_MB * 1024 * 1024))
            services = program.open(path)
            park = services.querying.records("park")[0].key
            begun = time.perf_counter()
            services.evidencing.attach(Owner("park", park), [str(new)])
            taken = time.perf_counter() - begun
            services.close()
            return taken

        def opened(path: str) -> float:
            begun = time.perf_counter()
            services = program.open(path)
            services.querying.ledger()
            services.evidencing.all()
            services.close()
            return time.perf_counter() - begun

        adding = in_turn(runs, lambda: add(full), lambda: add(empty))
        opening = in_turn(runs, lambda: opened(full), lambda: opened(empty))
    return [
        Measure(
            f"add {FILE_MB} MB beside {FULL_MB} MB", ratio(*adding), "× empty project", 1.5,
            peer=statistics.median(adding[1]),
        ),
        Measure(
            f"open with {FULL_MB} MB kept", ratio(*opening), "× empty project", 1.5,
            peer=statistics.median(opening[1]),
        ),
    ]  # fmt: skip
