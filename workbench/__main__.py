# SPDX-License-Identifier: MIT
"""``python -m workbench`` opens the window."""

import sys

from workbench.ui.app import main

sys.exit(main())
