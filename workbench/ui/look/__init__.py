# SPDX-License-Identifier: MIT
"""How it looks: theme, tokens, icons, places on the screen."""
