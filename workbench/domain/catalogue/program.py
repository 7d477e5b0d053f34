# SPDX-License-Identifier: MIT
"""The program's own records: they share change log, undo and versions with the ledger."""

from workbench.domain.catalogue.declare import (
    REQUIRED,
    choice,
    code,
    day,
    flag,
    integer,
    number,
    pick,
    ref,
    text,
    texts,
)
from workbench.domain.fields import Entity

ASSESSMENT_STATUS = pick("""
草稿 = Draft
复核 = In review
定稿 = Final
""")

ASSESSMENT = Entity(
    "assessment", "评估", "Assessment",
    (
        text("name", "评估名称", "Name", REQUIRED),
        ref("park", "园区", "Park", "park", REQUIRED),
        day("as_of", "基准日", "As of", REQUIRED),
        choice("status", "状态", "Status", ASSESSMENT_STATUS, REQUIRED),
        integer("edition", "版本", "Version"),
        texts("assets", "资产范围", "Assets"),
        texts("pathways", "选定路径", "Pathways"),
        code("parameter_set", "参数集", "Parameter set"),
        code("content_edition", "内容版本", "Content edition"),
        code("template_version", "清单版本", "Checklist version"),
        text("template", "清单模板", "Checklist template"),
        text("result", "结果", "Result"),
        text("author", "编制人", "Author"),
        text("reason", "变更理由", "Reason"),
        ref("previous", "上一版本", "Previous version", "assessment"),
        code("digest", "定稿摘要", "Digest"),
        code("frozen", "定稿快照", "Snapshot"),
        day("finalized_on", "定稿日期", "Finalized on"),
        text("finalized_by", "定稿人", "Finalized by"),
        flag("state_owned", "涉及国有资产", "State assets involved"),
    ),
    identity=(("name",),), ledger=False,
)

EVIDENCE = Entity(
    "evidence", "证据", "Evidence",
    (
        text("name", "文件名", "File name", REQUIRED),
        code("sha256", "内容摘要", "Content hash", REQUIRED),
        integer("size", "大小", "Size", unit="B"),
        code("owner_entity", "所属类别", "Belongs to (kind)", REQUIRED),
        code("owner_key", "所属记录", "Belongs to (record)", REQUIRED),
        code("owner_field", "所属字段", "Belongs to (field)"),
        integer("page", "页", "Page"),
        text("note", "备注", "Note"),
    ),
    ledger=False,
)

OWN_CASE = Entity(
    "own_case", "自建案例", "Own case",
    (
        code("code", "案例编号", "Case id", REQUIRED),
        text("name", "案例名称", "Name", REQUIRED),
        text("body", "内容", "Body", REQUIRED),
        number("edition", "版本", "Version", decimals=0),
    ),
    identity=(("code",),), ledger=False,
)
