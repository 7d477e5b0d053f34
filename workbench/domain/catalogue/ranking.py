# SPDX-License-Identifier: MIT
"""What people decide about the ranking of pathways: weights, scores, and a choice of their own.

Each record belongs to an assessment; one without an assessment holds for the park as a whole.
"""

from workbench.domain.catalogue.declare import (
    REQUIRED,
    choice,
    code,
    number,
    pick,
    ref,
    share,
    text,
)
from workbench.domain.fields import Entity, Field
from workbench.domain.pathways.pathway import Criterion

WEIGHT_METHODS = pick("""
AHP = AHP
手工 = By hand
熵权 = Entropy
""")
SAATY_WORDS = pick("\n".join(
    [f"{n} = {n}" for n in range(9, 0, -1)] + [f"1/{n} = 1/{n}" for n in range(2, 10)]
))  # fmt: skip
_NAMES = {
    Criterion.COMPLIANCE: ("合规可行", "Compliance"),
    Criterion.RETURN: ("财务收益", "Return"),
    Criterion.FUNDING: ("资金压力", "Funding"),
    Criterion.TIME: ("周期", "Time"),
    Criterion.INDUSTRY: ("产业带动", "Industry"),
    Criterion.RISK: ("风险", "Risk"),
}
_CRITERIA = pick("\n".join(f"{c.value} = {_NAMES[c][1]}" for c in Criterion))


def judgement_field(row: Criterion, column: Criterion) -> str:
    """Return the field that says how much one criterion outweighs a later one."""
    return f"{row.value}_to_{column.value}"


def weight_field(criterion: Criterion) -> str:
    """Return the field of a weight by hand."""
    return f"{criterion.value}_weight"


def _judgements() -> tuple[Field, ...]:
    every = tuple(Criterion)
    return tuple(
        choice(
            judgement_field(a, b),
            f"{_NAMES[a][0]}比{_NAMES[b][0]}",
            f"{_NAMES[a][1]} over {_NAMES[b][1].lower()}",
            SAATY_WORDS,
        )
        for i, a in enumerate(every)
        for b in every[i + 1 :]
    )


def _weights() -> tuple[Field, ...]:
    return tuple(
        share(
            weight_field(c), f"{_NAMES[c][0]}的权重", f"Weight of {_NAMES[c][1].lower()}", decimals=4
        )
        for c in Criterion
    )


CRITERIA_WEIGHTS = Entity(
    "criteria_weights", "评价权重", "Criteria weights",
    (
        ref("park", "园区", "Park", "park", REQUIRED),
        ref("assessment", "评估", "Assessment", "assessment"),
        choice("method", "定权方法", "Method", WEIGHT_METHODS, REQUIRED),
        *_judgements(),
        *_weights(),
        text("reason", "理由", "Reason"),
        text("author", "定权人", "By"),
    ),
    identity=(("park", "assessment"),), label=("method",), ledger=False,
)

PATHWAY_SCORE = Entity(
    "pathway_score", "路径评分", "Pathway score",
    (
        ref("park", "园区", "Park", "park", REQUIRED),
        ref("assessment", "评估", "Assessment", "assessment"),
        code("pathway", "路径", "Pathway", REQUIRED),
        choice("criterion", "评价准则", "Criterion", _CRITERIA, REQUIRED),
        number("score", "得分", "Score", REQUIRED, decimals=1),
        text("reason", "理由", "Reason", REQUIRED),
        text("author", "评分人", "By"),
    ),
    identity=(("park", "assessment", "pathway", "criterion"),), label=("pathway",), ledger=False,
)

PATHWAY_CHOICE = Entity(
    "pathway_choice", "人工推荐", "Pathway chosen by hand",
    (
        ref("park", "园区", "Park", "park", REQUIRED),
        ref("assessment", "评估", "Assessment", "assessment"),
        code("pathway", "路径", "Pathway", REQUIRED),
        text("reason", "理由", "Reason", REQUIRED),
        text("author", "决定人", "By"),
    ),
    identity=(("park", "assessment"),), label=("pathway",), ledger=False,
)

DECISIONS = frozenset({CRITERIA_WEIGHTS.key, PATHWAY_SCORE.key, PATHWAY_CHOICE.key})
"""The kinds of records by which pathways are ranked."""
