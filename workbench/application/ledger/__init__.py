# SPDX-License-Identifier: MIT
"""The ledger under people's hands: reading, editing, pasting, dividing, joining, own fields."""
