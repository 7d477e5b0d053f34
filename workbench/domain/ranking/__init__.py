# SPDX-License-Identifier: MIT
"""Ranks pathways: weights by pairwise judgement, scores with origins, methods, robustness (§5c)."""
