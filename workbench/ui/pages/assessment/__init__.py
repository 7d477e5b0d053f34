# SPDX-License-Identifier: MIT
"""The assessment page: indicators, diagnosis, comparison, pathways, versions."""
