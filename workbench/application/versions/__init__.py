# SPDX-License-Identifier: MIT
"""Assessments that may no longer change: freezing, guarding, proving, comparing versions."""
