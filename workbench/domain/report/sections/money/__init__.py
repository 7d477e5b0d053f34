# SPDX-License-Identifier: MIT
"""Sheet 7 and the sheets of a scenario: taxes, cash, answers, what they hang on."""
