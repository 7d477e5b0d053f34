# SPDX-License-Identifier: MIT
"""Benchmark cases: cards, forms, packs, and what in a card contradicts itself."""
