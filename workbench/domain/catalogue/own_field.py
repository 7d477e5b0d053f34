# SPDX-License-Identifier: MIT
"""The definitions of a team's own fields: records of the project, so logged and undoable."""

from workbench.domain.catalogue.declare import REQUIRED, code, integer, text, texts
from workbench.domain.fields import Entity

OWN_FIELD = Entity(
    "own_field", "自有字段", "Own field",
    (
        code("entity", "所属类别", "Kind of record", REQUIRED),
        code("code", "字段代码", "Key", REQUIRED),
        text("name", "中文名称", "Chinese title", REQUIRED),
        text("name_en", "英文名称", "English title"),
        code("type", "类型", "Type", REQUIRED),
        text("unit", "单位", "Unit"),
        integer("decimals", "小数位数", "Decimals"),
        texts("choices", "选项", "Choices"),
        texts("synonyms", "表头别名", "Other headings"),
        code("section", "分组", "Group"),
        text("hidden", "停用理由", "Why hidden"),
    ),
    identity=(("entity", "code"),), ledger=False,
)
