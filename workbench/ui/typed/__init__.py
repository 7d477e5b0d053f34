# SPDX-License-Identifier: MIT
"""What was typed and is not yet kept: composing, drafts, unfinished forms."""
