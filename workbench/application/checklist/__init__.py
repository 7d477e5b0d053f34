# SPDX-License-Identifier: MIT
"""The checklist at work: statuses with evidence, review, packages, sheets, editions."""
