# SPDX-License-Identifier: MIT
"""The content files: cases, pathways, parameters, rules, checklist."""
