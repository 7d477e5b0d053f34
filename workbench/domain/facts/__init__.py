# SPDX-License-Identifier: MIT
"""Names that rules and preconditions use, looked up in a scope."""
