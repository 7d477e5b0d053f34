# SPDX-License-Identifier: MIT
"""What a person says of a redacted report: whom else it hides, which files name nobody."""

from workbench.domain.catalogue.declare import REQUIRED, choice, code, pick, text
from workbench.domain.fields import Entity

HIDDEN_KINDS = pick("""
人员 = Person
企业 = Firm
编号 = Code
""")

HIDDEN_NAME = Entity(
    "hidden_name", "另列的脱敏名称", "Further name to hide",
    (
        text("name", "名称", "Name", REQUIRED),
        choice("kind", "类型", "Kind", HIDDEN_KINDS, REQUIRED),
    ),
    identity=(("name",),), ledger=False,
)

NAMELESS_FILE = Entity(
    "nameless_file", "不含名称的证据", "Evidence without names",
    (
        text("name", "文件名", "File name", REQUIRED),
        code("sha256", "内容摘要", "Content hash", REQUIRED),
    ),
    identity=(("sha256",),), ledger=False,
)
"""A mark on a content, not on a piece of evidence: that of a final assessment cannot change."""
