# SPDX-License-Identifier: MIT
"""Workbooks: reading ledgers, writing reports."""
