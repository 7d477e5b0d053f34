# SPDX-License-Identifier: MIT
"""The import dialog, step by step."""
