# SPDX-License-Identifier: MIT
"""Long work off the window's thread."""
