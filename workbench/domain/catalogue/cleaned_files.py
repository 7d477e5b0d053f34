# SPDX-License-Identifier: MIT
"""What is remembered of a clean-up: which kept contents went, who removed them, when and why."""

from workbench.domain.catalogue.declare import REQUIRED, code, integer, texts
from workbench.domain.catalogue.declare import text as words
from workbench.domain.fields import Entity

CLEANED_FILES = Entity(
    "cleaned_files", "清理记录", "Clean-up",
    (
        words("name", "清理", "Clean-up", REQUIRED),
        integer("count", "份数", "Files"),
        integer("size", "大小", "Size", unit="B"),
        texts("files", "清理的内容", "Contents removed"),
        words("cleaned_by", "清理人", "Cleaned by"),
        code("cleaned_at", "清理时间", "Cleaned at"),
        words("reason", "理由", "Reason"),
        code("backup", "清理前的备份", "Backup before it"),
    ),
    ledger=False,
)  # fmt: skip
