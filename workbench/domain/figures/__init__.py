# SPDX-License-Identifier: MIT
"""Figures of a scope that indicators, checks and facts share: letting, tenure, title, land."""
