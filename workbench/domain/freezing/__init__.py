# SPDX-License-Identifier: MIT
"""Frozen assessments: one canonical form, its digest, and what differs between two of them."""
