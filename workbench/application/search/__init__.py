# SPDX-License-Identifier: MIT
"""Find anything: what can be found, and why it was."""
