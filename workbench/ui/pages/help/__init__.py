# SPDX-License-Identifier: MIT
"""The help page: how things are done, and every shortcut."""
