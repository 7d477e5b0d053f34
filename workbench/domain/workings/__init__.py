# SPDX-License-Identifier: MIT
"""How an indicator came about, number by number, so that a workbook can compute it again."""
