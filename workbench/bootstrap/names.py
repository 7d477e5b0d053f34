# SPDX-License-Identifier: MIT
"""The names that conditions of content may use."""

from functools import cache


@cache
def shipped_names() -> frozenset[str]:
    """Return ``<entity>.<field>`` of every shipped field."""
    from workbench.domain.catalogue import CATALOGUE
    from workbench.domain.condition_names import ledger_names

    return ledger_names(CATALOGUE)
