# SPDX-License-Identifier: MIT
"""The case library: shipped and own cases, notes beside them, packs, sheets and forms."""
