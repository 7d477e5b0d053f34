# SPDX-License-Identifier: MIT
"""A team's own views of the ledger tables: records of the project, so logged and undoable."""

from workbench.domain.catalogue.declare import REQUIRED, code, text
from workbench.domain.fields import Entity

SAVED_VIEW = Entity(
    "saved_view", "视图", "View",
    (
        code("sheet", "台账表", "Table", REQUIRED),
        text("name", "视图名称", "Name", REQUIRED),
        text("layout", "列、筛选与排序", "Columns, filters, order", REQUIRED),
    ),
    identity=(("sheet", "name"),), ledger=False,
)
