# SPDX-License-Identifier: MIT
"""A team's own look for the report: what is taken from their workbook, and what is not."""
