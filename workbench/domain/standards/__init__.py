# SPDX-License-Identifier: MIT
"""Editable yardsticks: required facilities, ideal values of land use, grading schemes."""
