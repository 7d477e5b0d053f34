# SPDX-License-Identifier: MIT
"""What is remembered of a merge with another copy: how far it was looked at, what stayed open."""

from workbench.domain.catalogue.declare import REQUIRED, code, texts
from workbench.domain.catalogue.declare import text as words
from workbench.domain.fields import Entity

MERGED_COPY = Entity(
    "merged_copy", "合并记录", "Merged copy",
    (
        words("name", "另一份", "The other copy", REQUIRED),
        code("until", "看到的最后一步", "Last step seen", REQUIRED),
        texts("contributors", "那一份的改动人", "Who changed it there"),
        texts("unsettled", "待核的差异", "Differences to be verified"),
    ),
    ledger=False,
)  # fmt: skip
