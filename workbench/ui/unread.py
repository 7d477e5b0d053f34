# SPDX-License-Identifier: MIT
"""Keeps Qt for Python from reading the source of every module that is imported after it.

It looks for its own name in each one, in case somebody switches a module to snake_case names.
Nobody does here, and reading a thousand files was a fifth of the time in which the window came
up and the first report was made; their lines stayed in memory, too.
"""

import sys
from types import ModuleType

import PySide6.QtCore  # noqa: F401  its import is what begins to look

_FEATURES = "PySide6.support.feature"
_LOOK = "_mod_uses_pyside"


def leave_sources_unread() -> bool:
    """Take every module for one that keeps Qt's names; tell whether there was a look to spare."""
    features = sys.modules.get(_FEATURES)
    if features is None or not hasattr(features, _LOOK):
        return False
    setattr(features, _LOOK, _keeps_names)
    return True


def _keeps_names(_module: ModuleType) -> bool:
    return True
