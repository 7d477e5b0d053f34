# SPDX-License-Identifier: MIT
"""Financial scenarios: a base with what was stated, and variants kept as differences to it."""

from workbench.domain.catalogue.declare import REQUIRED, code, day, ref, text, texts
from workbench.domain.fields import Entity

SCENARIO = Entity(
    "scenario", "测算方案", "Scenario",
    (
        text("name", "方案名称", "Name", REQUIRED),
        code("model", "测算模型", "Model", REQUIRED),
        ref("park", "园区", "Park", "park"),
        texts("assets", "资产范围", "Assets"),
        day("as_of", "基准日", "As of", REQUIRED),
        ref("assessment", "评估", "Assessment", "assessment"),
        code("pathway", "测算路径", "Pathway tested"),
        ref("base", "基准方案", "Base scenario", "scenario"),
        text("stated", "填写的值", "Stated values"),
        texts("dropped", "恢复默认的输入", "Inputs left to defaults"),
        text("simulation", "模拟设置", "Simulation"),
        text("note", "备注", "Note"),
    ),
    identity=(("name",),), ledger=False,
)
