#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Picture every page of the sample project, without a screen.

python scripts/screenshots.py OUT [--language zh|en] [--theme light|dark] [--scale 1.0]
                              [--size 1440x900] [--readme]
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

README_PAGES = ("home", "ledger", "cases", "assessment", "checklist", "report")
LONGEST_S = 60
LANGUAGES = {"zh": "zh_CN", "en": "en"}


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--language", choices=LANGUAGES, default="zh")
    parser.add_argument("--theme", choices=("light", "dark"), default="light")
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--size", default="1440x900", metavar="WIDTHxHEIGHT")
    parser.add_argument("--readme", action="store_true", help="only the README's pages, by name")
    return parser.parse_args()


def main() -> int:
    options = parsed()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = str(options.scale)
    options.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ["WORKBENCH_HOME"] = home  # the person's own settings stay out of the pictures
        for path in picture_all(options):
            print(path)
    return 0


def picture_all(options: argparse.Namespace) -> list[Path]:
    """Open the sample park and picture the first-run page, then every page and the dialogs."""
    from PySide6.QtWidgets import QApplication

    from workbench.application.project.sampling import AS_OF, ASSESSMENT_NAME
    from workbench.bootstrap import Program
    from workbench.ui.frame.window import Window
    from workbench.ui.look import looks
    from workbench.ui.pages import PAGES

    app = QApplication.instance() or QApplication(sys.argv[:1])
    language = LANGUAGES[options.language]
    program = Program(language=language)
    program.settings = replace(program.settings, language=language, theme=options.theme)
    if not isinstance(app, QApplication):
        raise TypeError("the pictures need a QApplication")
    looks.apply_looks(app, program)
    window = Window(program)
    window.resize(*map(int, options.size.split("x")))
    window.show()
    window.commands.install()
    taken: list[Path] = []

    def settle() -> None:
        until(lambda: not window.tasks.is_busy())

    def take(name: str) -> None:
        settle()
        if options.readme and name not in README_PAGES:
            return
        number = "" if options.readme else f"{len(taken):02d}-"
        path = options.out / f"{number}{name}.png"
        window.grab().save(str(path))
        taken.append(path)

    window.show_first_run()
    take("first-run")
    window.use(program.create_sample(str(program.sample_path())))
    context = window.context
    if context is None:
        raise RuntimeError("the sample park did not open")
    context.choose_as_of(AS_OF)
    context.choose_assessment(context.services.assessments.find(ASSESSMENT_NAME).key)
    for entry in PAGES:
        window.go(entry.key)
        take(entry.key)
    window.go("assessment", "pathways")
    take("pathways")
    for target in ("building", "lease"):
        record = context.services.querying.records(target)[0]
        window.go("ledger", f"{target}:{record.key}:note")
        take(f"ledger-{target}")
    window.commands.run("palette")
    take("palette")
    window.close()
    return taken


def until(done: Callable[[], bool]) -> None:
    """Let the program work until it has nothing left to do, then a moment longer to paint."""
    from PySide6.QtCore import QCoreApplication

    end = time.monotonic() + LONGEST_S
    calm_from = 0.0
    while time.monotonic() < end:
        QCoreApplication.processEvents()
        if not done():
            calm_from = 0.0
        elif not calm_from:
            calm_from = time.monotonic()
        elif time.monotonic() - calm_from > 0.4:
            return
    raise TimeoutError("the program did not come to rest")


if __name__ == "__main__":
    sys.exit(main())
