# SPDX-License-Identifier: MIT
"""Reusable pieces of the window without any rule of the domain."""
