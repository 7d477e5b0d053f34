# SPDX-License-Identifier: MIT
"""Cross-checks V01–V35 of the ledger (domain §3.4)."""
