# SPDX-License-Identifier: MIT
"""The checklist page: stages, items, review, plan, packages, editions."""
