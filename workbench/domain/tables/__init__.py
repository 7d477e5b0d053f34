# SPDX-License-Identifier: MIT
"""Finds tables in raw sheets: headings, rows, context, cards (domain §3.2)."""
