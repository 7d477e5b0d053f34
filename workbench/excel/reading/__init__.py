# SPDX-License-Identifier: MIT
"""Reads strange workbooks, in processes that may die."""
