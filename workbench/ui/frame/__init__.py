# SPDX-License-Identifier: MIT
"""The window's frame: what stands around every page, and what is reached from anywhere."""
