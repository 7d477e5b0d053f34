# SPDX-License-Identifier: MIT
"""Charts that draw themselves: on screen, into pictures and into SVG with the same code."""
