# SPDX-License-Identifier: MIT
"""What is wrong with an asset, and by which rule."""
