# SPDX-License-Identifier: MIT
"""Use cases: one module per user verb; knows ports, not tools."""
