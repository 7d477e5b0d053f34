# SPDX-License-Identifier: MIT
"""The one place where the parts are put together; window, command line and tests start here.

Services are made when they are first asked for: the window is shown before anything heavy
(Alembic, numpy, openpyxl, calamine) is imported.
"""

from workbench.bootstrap.program import MakeProgram, Program
from workbench.bootstrap.services import Services
from workbench.files.settings import Settings
from workbench.files.texts import LANGUAGES

__all__ = ["LANGUAGES", "MakeProgram", "Program", "Services", "Settings"]
