# SPDX-License-Identifier: MIT
"""Takes the names of firms and people out of a report: every text in it, never a number."""
