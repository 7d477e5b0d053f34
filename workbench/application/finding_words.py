# SPDX-License-Identifier: MIT
"""What a finding of the ledger's checks says to people."""

from workbench.application.naming import named_params
from workbench.application.ports import Texts
from workbench.domain.checks.rules import sentence_key
from workbench.domain.findings import Finding


def finding_text(finding: Finding, texts: Texts) -> str:
    """Return the sentence of a ledger check."""
    return texts(sentence_key(finding), **named_params(finding.params, texts.language))
