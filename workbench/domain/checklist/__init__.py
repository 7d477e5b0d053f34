# SPDX-License-Identifier: MIT
"""The revitalization checklist (盘活清单): template and editions, opening of items, states."""
