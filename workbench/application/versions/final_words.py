# SPDX-License-Identifier: MIT
"""What a report of a final assessment says otherwise than that of a draft.

A draft is mended in the program and exported again. What is final stays as it was frozen however
often it is exported: only a new version of the assessment reads the ledger anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from workbench.application.ports import Texts

IN_FINALS: Mapping[str, str] = MappingProxyType(
    {
        "report.bare.lead": "report_final.bare",
        "report.bare.lead_records": "report_final.bare_records",
        "report.judged.line": "report_final.judged",
        "report.no_likeness": "report_final.no_likeness",
        "report.note.pending": "report_final.pending",
        "report.undrawn.unknown": "report_final.undrawn",
        "report_bands.note": "report_final.bands",
        "report_live.note_as_of": "report_final.as_of",
        "report_money.changed_frozen_text": "report_final.scenario_inputs",
        "report_steps.note_features": "report_final.features",
        "report_study.about": "report_final.study",
        "report_study.not_simulated": "report_final.not_simulated",
        "report_unmoved.note": "report_final.unmoved",
    }
)
"""The texts that would send a reader to export again, and what stands in their place."""


@dataclass(frozen=True, slots=True)
class FinalWords:
    """Texts of a final report: those that ask for another export ask for a new version."""

    texts: Texts

    @property
    def language(self) -> str:
        """Return the language code."""
        return self.texts.language

    def __call__(self, key: str, /, **params: Any) -> str:
        """Return the text of a key with its params filled in; LookupError for an unknown key."""
        return self.texts(IN_FINALS.get(key, key), **params)

    def has(self, key: str) -> bool:
        """Tell whether a key exists."""
        return self.texts.has(key)

    def everything(self) -> str:
        """Return all texts in one."""
        return self.texts.everything()
