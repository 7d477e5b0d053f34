# SPDX-License-Identifier: MIT
"""Files that people edit or keep: content packs, texts, settings."""
