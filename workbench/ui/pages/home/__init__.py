# SPDX-License-Identifier: MIT
"""The overview: what needs attention today, and where to go on."""
