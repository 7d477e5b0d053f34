# SPDX-License-Identifier: MIT
"""Records of the ledger: how they are held, changed, compared and related."""
