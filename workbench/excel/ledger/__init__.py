# SPDX-License-Identifier: MIT
"""Writes the ledger as a workbook, and holds it against the store."""
