# SPDX-License-Identifier: MIT
"""How the sheets of the report are laid out; most share the body, few have a layout of their own.

Importing this package imports openpyxl.
"""
