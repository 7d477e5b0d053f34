# SPDX-License-Identifier: MIT
"""What did not fit into the cells of an exported ledger, in a sentence."""

from workbench.application.ports import Texts
from workbench.domain.records.ledger_proof import LedgerExport

_MOST_NAMED = 5


def cut_sentence(done: LedgerExport, texts: Texts) -> str:
    """Return what was cut in an exported ledger."""
    named = texts("report.comma").join(done.cut[:_MOST_NAMED])
    return texts("ledger_export.cut", count=len(done.cut), records=named)
