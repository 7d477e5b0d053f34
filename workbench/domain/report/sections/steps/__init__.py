# SPDX-License-Identifier: MIT
"""What judgements are counted from, row by row: rules, features, items, tests, fields."""
