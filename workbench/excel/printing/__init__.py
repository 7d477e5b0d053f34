# SPDX-License-Identifier: MIT
"""A workbook before it is saved, as it will print."""
