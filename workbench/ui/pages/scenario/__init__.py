# SPDX-License-Identifier: MIT
"""The money page: inputs, results, comparison, simulation."""
