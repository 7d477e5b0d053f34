# SPDX-License-Identifier: MIT
"""Headings: where they stand, what they are made of, which field they mean."""
