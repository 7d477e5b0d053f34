# SPDX-License-Identifier: MIT
"""A project's own edition of a content file: rules, parameters, standards, grading schemes."""

from workbench.domain.catalogue.declare import REQUIRED, code, integer, text
from workbench.domain.fields import Entity

CONTENT_FILE = Entity(
    "content_file", "自定口径", "Own yardstick",
    (
        code("file", "文件", "File", REQUIRED),
        text("body", "内容", "Body", REQUIRED),
        integer("edition", "版本", "Edition"),
        code("base", "所依内置版本", "Shipped edition it began from"),
        text("reason", "修改理由", "Reason"),
    ),
    identity=(("file",),), label=("file",), ledger=False,
)  # fmt: skip
