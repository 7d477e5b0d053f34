"""golden_examples.py E10 through the whole line: workbook → import → project → assessment."""

from datetime import UTC, datetime

import pytest

from tests.builders import a_ledger
from tests.integration.test_assessing import AS_OF, E10_PARK
from workbench.application.ports import Silent
from workbench.application.versions.frozen_work import FrozenRecords
from workbench.domain.catalogue import CATALOGUE
from workbench.excel.writer import WorkbookWriter


def test_c01_comes_first_with_the_published_similarity_and_coverage(program, services, tmp_path):
    book = str(tmp_path / "台账.xlsx")
    now = datetime(2026, 6, 30, 8, 0, tzinfo=UTC)
    records = FrozenRecords(a_ledger(E10_PARK).records)
    WorkbookWriter().write_ledger(records, CATALOGUE, book, program.texts(), now, Silent())
    services.importing.commit(services.importing.preview([book]))
    park = services.querying.park("P-01")
    parcel = next(p for p in services.querying.records("parcel") if p.get("code") == "D-01")
    first = services.assessing.run(park.key, [parcel.key], AS_OF).matches[0]
    assert first.case.id == "C01"
    assert first.similarity == pytest.approx(0.9513, abs=0.0001)
    assert first.coverage == pytest.approx(0.84, abs=0.0001)
