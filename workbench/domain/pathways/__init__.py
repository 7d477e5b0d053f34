# SPDX-License-Identifier: MIT
"""Revitalization pathways: what each needs, and what blocks it."""
