# SPDX-License-Identifier: MIT
"""The form of a record of every ledger entity opens in both languages, at every group."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.widget.page_rig import a_rig, unnamed
from workbench.domain.catalogue import CATALOGUE
from workbench.ui.pages.ledger.page import LedgerPage

LONG = "湖北长鑫汽车零部件制造集团股份有限公司沙市第三分公司（原荆州通用机械总厂）"
TYPED = {
    "parcel": {"park": "P-01", "code": "G1", "name": "一号地"},
    "building": {"park": "P-01", "code": "B1", "name": "一号楼", "parcel": "G1"},
    "unit": {"building": "B1", "unit_no": "101"},
    "facility": {"park": "P-01", "name": "变电站", "kind": "供电"},
    "enterprise": {"name": "华川电子股份有限公司"},
    "lease": {"contract_no": "L1", "building": "B1", "tenant": "华川电子股份有限公司"},
    "encumbrance": {"building": "B1", "kind": "抵押"},
    "valuation": {"building": "B1", "value": "100万"},
    "demand": {"park": "P-01", "enterprise": "华川电子股份有限公司"},
    "park_year": {"park": "P-01", "year": "2025"},
    "enterprise_year": {"enterprise": "华川电子股份有限公司", "year": "2025"},
    "finance": {"enterprise": "华川电子股份有限公司", "as_of": "2025-12-31"},
    "context": {"park": "P-01"},
}


@pytest.fixture(params=["zh_CN", "en"])
def rig(request, tmp_path, qtbot):
    made = a_rig(tmp_path, qtbot, request.param)
    for entity, values in TYPED.items():
        made.services.editing.add(entity, values)
    made.services.editing.add("enterprise", {"name": LONG})
    yield made
    made.close()


def test_a_form_opens_for_every_entity_and_shows_every_field_of_every_group(rig, qtbot):
    """The form of a park had no name for one of its groups and did not open."""
    page = rig.show(LedgerPage)
    ledger = rig.services.querying.ledger()
    entities = CATALOGUE.ledger()
    assert {"park", *TYPED} == {entity.key for entity in entities}
    for entity in entities:
        record = ledger.all(entity.key)[0]
        page.show_target(f"form:{entity.key}:{record.key}:")
        form = page.record_actions.form
        shown = []
        for key, button in form.groups._buttons.items():
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
            form._show_all(key)
            shown += form.lines
            QApplication.processEvents()
            assert form._page.horizontalScrollBar().maximum() == 0, (entity.key, key)
        assert form.width() == 1060, f"a long choice widens the form of {entity.key}"
        assert sorted(shown) == sorted(field.key for field in entity), entity.key
        assert not unnamed(form), entity.key
        form.discard()
        QApplication.processEvents()
        assert page.record_actions.form is None
