# SPDX-License-Identifier: MIT
"""Park Revitalization Workbench (盘活工作台): ledger, benchmark cases, checklist, report."""

__version__ = "0.1.0"
