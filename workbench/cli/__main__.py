# SPDX-License-Identifier: MIT
"""python -m workbench.cli."""

import sys

from workbench.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
