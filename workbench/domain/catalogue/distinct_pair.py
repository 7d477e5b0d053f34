# SPDX-License-Identifier: MIT
"""What a person says of two records that look like one: that they are not."""

from workbench.domain.catalogue.declare import REQUIRED, code, text
from workbench.domain.fields import Entity

DISTINCT_PAIR = Entity(
    "distinct_pair", "不是重复的一对", "Pair that is no duplicate",
    (
        code("of_entity", "类别", "Kind", REQUIRED),
        code("first", "记录一", "First record", REQUIRED),
        code("second", "记录二", "Second record", REQUIRED),
        text("name", "名称", "Names"),
    ),
    identity=(("first", "second"),), ledger=False,
)  # fmt: skip
