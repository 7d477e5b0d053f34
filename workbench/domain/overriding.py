# SPDX-License-Identifier: MIT
"""``override`` for the type checker; at run time it does nothing.

``typing.override`` begins with Python 3.12, and importing ``typing_extensions`` for it alone costs
as much as a tenth of the program's start.
"""

from typing import TYPE_CHECKING

__all__ = ["override"]

if TYPE_CHECKING:
    from typing_extensions import override
else:

    def override(method):
        """Return the method as it is."""
        return method
