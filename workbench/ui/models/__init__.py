# SPDX-License-Identifier: MIT
"""Table models over read models."""
