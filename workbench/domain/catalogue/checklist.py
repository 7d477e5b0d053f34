# SPDX-License-Identifier: MIT
"""The checklist's records: how far each item has come, what was said of it, the team's editions."""

from workbench.domain.catalogue.declare import REQUIRED, choice, code, day, pick, ref, text, texts
from workbench.domain.fields import Entity

ITEM_STATUS = pick("""
已完成 = Done
部分完成 = Partly done
未完成 = Not done
待核 = To be verified
不适用 = Not applicable
""")
REVIEW_STATUS = pick("""
已提交 = Submitted
已通过 = Accepted
已退回 = Sent back
""")

CHECKLIST_ITEM = Entity(
    "checklist_item", "清单事项", "Checklist item",
    (
        ref("assessment", "评估", "Assessment", "assessment", REQUIRED),
        code("item", "事项编号", "Item", REQUIRED),
        choice("status", "状态", "Status", ITEM_STATUS, REQUIRED),
        text("reason", "理由", "Reason"),
        text("owner", "责任人", "Owner"),
        day("due", "截止", "Due"),
        text("note", "备注", "Note"),
        texts("blocked_by", "须先完成", "Waits for"),
        choice("review", "复核", "Review", REVIEW_STATUS),
        text("submitted_by", "提交人", "Submitted by"),
        code("submitted_at", "提交时间", "Submitted at"),
        text("reviewer", "复核人", "Reviewer"),
        code("reviewed_at", "复核时间", "Reviewed at"),
        text("review_note", "复核意见", "Review note"),
    ),
    identity=(("assessment", "item"),), label=("item",), ledger=False,
)

CHECKLIST_COMMENT = Entity(
    "checklist_comment", "清单讨论", "Checklist comment",
    (
        ref("assessment", "评估", "Assessment", "assessment", REQUIRED),
        code("item", "事项编号", "Item", REQUIRED),
        text("author", "发言人", "Author", REQUIRED),
        code("at", "时间", "At", REQUIRED),
        text("text", "内容", "Text", REQUIRED),
    ),
    label=("item",), ledger=False,
)

CHECKLIST_TEMPLATE = Entity(
    "checklist_template", "清单模板", "Checklist edition",
    (
        code("edition", "版本", "Edition", REQUIRED),
        text("name", "名称", "Name", REQUIRED),
        text("body", "内容", "Body", REQUIRED),
    ),
    identity=(("edition",),), ledger=False,
)
