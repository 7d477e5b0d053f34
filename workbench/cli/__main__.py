# SPDX-License-Identifier: MIT
"""python -m workbench.cli, and the installed command: stopped at any moment without a trace."""

import signal
import sys

INTERRUPTED = 130


def was_interrupted(error: BaseException | None) -> bool:
    """Tell whether Ctrl+C is behind an error: what it broke off may complain in its own words."""
    while error is not None:
        if isinstance(error, KeyboardInterrupt):
            return True
        error = error.__cause__ or error.__context__
    return False


def run() -> int:
    """Run one command; Ctrl+C ends it quietly even while its modules are being read.

    So does the system's wish that it end: what is on its way is taken back first.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        from workbench.cli.main import main

        status = main()
    except BaseException as error:
        if not was_interrupted(error):
            raise
        return INTERRUPTED
    # What the command did is done: a late Ctrl+C must not say otherwise.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    return status


if __name__ == "__main__":
    sys.exit(run())
