# SPDX-License-Identifier: MIT
"""What a report says, and the proof that it says all of it."""
