# SPDX-License-Identifier: MIT
"""Starts the window: ``workbench [PROJECT]``."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QApplication

from workbench.bootstrap import Program
from workbench.ui.frame.window import Window
from workbench.ui.look import looks

_LANGUAGES = {"zh": "zh_CN", "zh_CN": "zh_CN", "en": "en"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window and stay until it is closed; return the exit status."""
    options = _parser().parse_args(arguments)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError("the window needs a QApplication")
    app.setApplicationName("Park Workbench")
    program = Program(language=_LANGUAGES.get(options.language, ""))
    if options.theme:
        program.settings = replace(program.settings, theme=options.theme)
    looks.apply_looks(app, program)
    window = Window(program)
    window.when_painted(partial(window.start, options.project, sample=options.sample))
    window.show()
    return app.exec()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="workbench", description="盘活工作台 / Park Workbench")
    parser.add_argument("project", nargs="?", default="", metavar="PROJECT")
    parser.add_argument("--sample", action="store_true")
    parser.add_argument("--language", choices=_LANGUAGES, default="")
    parser.add_argument("--theme", choices=("system", "light", "dark"), default="")
    return parser


if __name__ == "__main__":
    sys.exit(main())
