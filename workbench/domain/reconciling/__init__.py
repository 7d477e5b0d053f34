# SPDX-License-Identifier: MIT
"""Bringing two copies of one project together: what is new, what is a conflict, what is taken."""
