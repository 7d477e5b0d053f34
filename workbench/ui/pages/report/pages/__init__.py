# SPDX-License-Identifier: MIT
"""The pages of a report as they print, one below the other."""
