# SPDX-License-Identifier: MIT
"""Indicators as live formulas over the ledger that the annexes show."""
