# SPDX-License-Identifier: MIT
"""What a team says beside the benchmark cases: notes, waivers, and the weights of matching."""

from workbench.domain.cases.case import FEATURES
from workbench.domain.catalogue.declare import REQUIRED, code, day, ref, share, text, texts
from workbench.domain.fields import Entity, Field

_NAMES = {
    "distress": ("问题类型", "Distress"),
    "title_state": ("权属状态", "Title"),
    "asset_kind": ("资产类型", "Kind of asset"),
    "scale_m2": ("规模", "Scale"),
    "goals": ("盘活目标", "Goals"),
    "city_tier": ("城市能级", "City tier"),
    "owner_type": ("权利人性质", "Owner"),
    "finance_band": ("财务压力", "Financial pressure"),
    "plan_constraint": ("规划约束", "Plan constraint"),
}


def feature_weight(feature: str) -> str:
    """Return the field that holds a feature's weight."""
    return f"{feature}_weight"


def _weights() -> tuple[Field, ...]:
    return tuple(
        share(
            feature_weight(name), f"{_NAMES[name][0]}的权重",
            f"Weight of {_NAMES[name][1].lower()}", decimals=4,
        )
        for name in FEATURES
    )  # fmt: skip


CASE_NOTE = Entity(
    "case_note", "案例备注", "Case note",
    (
        code("case", "案例编号", "Case id", REQUIRED),
        text("text", "备注", "Note", REQUIRED),
        text("author", "记录人", "By"),
        day("noted_on", "记录日期", "On"),
    ),
    label=("case",), ledger=False,
)  # fmt: skip

CASE_WAIVER = Entity(
    "case_waiver", "案例核对说明", "Waived contradiction",
    (
        code("case", "案例编号", "Case id", REQUIRED),
        code("rule", "矛盾类型", "Contradiction", REQUIRED),
        texts("facts", "涉及数据", "Figures"),
        text("reason", "理由", "Reason", REQUIRED),
        text("author", "核对人", "By"),
        day("waived_on", "核对日期", "On"),
    ),
    label=("case",), ledger=False,
)  # fmt: skip

MATCH_WEIGHTS = Entity(
    "match_weights", "对标权重", "Weights of matching",
    (
        ref("park", "园区", "Park", "park", REQUIRED),
        ref("assessment", "评估", "Assessment", "assessment"),
        *_weights(),
        text("reason", "理由", "Reason"),
        text("author", "定权人", "By"),
    ),
    identity=(("park", "assessment"),), label=("park",), ledger=False,
)  # fmt: skip
