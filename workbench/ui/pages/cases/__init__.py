# SPDX-License-Identifier: MIT
"""The case library: browsing, cards, own cases."""
