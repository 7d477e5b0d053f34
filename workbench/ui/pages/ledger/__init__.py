# SPDX-License-Identifier: MIT
"""The ledger page: grids, record forms, and what is done to records."""
