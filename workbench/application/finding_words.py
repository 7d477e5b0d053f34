# SPDX-License-Identifier: MIT
"""What a finding of the ledger's checks says to people."""

from typing import Any

from workbench.application.naming import named_params
from workbench.application.ports import Texts
from workbench.domain.checks.rules import sentence_key
from workbench.domain.findings import Finding


def finding_text(finding: Finding, texts: Texts) -> str:
    """Return the sentence of a ledger check."""
    about: dict[str, Any] = {"entity": finding.entity, "field": finding.field}
    return texts(
        sentence_key(finding), **named_params(about | dict(finding.params), texts.language)
    )
