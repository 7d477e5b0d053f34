# SPDX-License-Identifier: MIT
"""The money of a pathway: models, measures, scenarios, sensitivity and simulation (domain §5d)."""
