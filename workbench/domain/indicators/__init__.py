# SPDX-License-Identifier: MIT
"""Indicators I-01…I-52, each with the cells behind its value (domain §4)."""
