# SPDX-License-Identifier: MIT
"""The window: everything that knows Qt."""
