# SPDX-License-Identifier: MIT
"""What the product is tortured with; ``scripts/torture.py`` is the door."""
