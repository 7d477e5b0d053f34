# SPDX-License-Identifier: MIT
"""The Excel-like table: view, header, cell painter, editors, column filter, and its model."""
