# SPDX-License-Identifier: MIT
"""Reads one cell, from a workbook or typed, into a normalized value (domain §3.3)."""
