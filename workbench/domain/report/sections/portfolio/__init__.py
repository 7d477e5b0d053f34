# SPDX-License-Identifier: MIT
"""The portfolio report: many parks side by side, by formulas over the records of all of them."""
