# SPDX-License-Identifier: MIT
"""Importing ledgers: what was understood, what becomes of each row, storing it as one batch."""
