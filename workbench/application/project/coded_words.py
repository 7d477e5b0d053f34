# SPDX-License-Identifier: MIT
"""Free names that people gave (scenarios, files) out of a redacted report, before it is built.

Such a name may tell of anybody, and it is cut where it names a sheet, so that no search for it
afterwards would be sure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from workbench.application.ports import Texts
from workbench.domain.fields import Catalogue
from workbench.domain.report.sections import Calculated, Material
from workbench.domain.report.sections.material import LedgerEdit


@dataclass(frozen=True)
class CodedWords:
    """Texts in which a code stands wherever a whole param is one of the names."""

    texts: Texts
    codes: Mapping[str, str]

    @property
    def language(self) -> str:
        """Return the language code."""
        return self.texts.language

    def __call__(self, key: str, /, **params: Any) -> str:
        """Return the text of a key with its params filled in; LookupError for an unknown key."""
        coded = {name: self._coded(value) for name, value in params.items()}
        return self.texts(key, **coded)

    def has(self, key: str) -> bool:
        """Tell whether a key exists."""
        return self.texts.has(key)

    def everything(self) -> str:
        """Return all texts in one."""
        return self.texts.everything()

    def _coded(self, value: Any) -> Any:
        return self.codes.get(value, value) if isinstance(value, str) else value


def vocabulary(texts: Texts, catalogue: Catalogue) -> str:
    """Return every word that a report may use although nobody is named so."""
    declared = (field for entity in catalogue for field in entity)
    words = [
        text
        for field in declared
        for text in (field.zh, field.en, *(choice.value for choice in field.choices))
    ]
    titles = [title for entity in catalogue for title in (entity.zh, entity.en)]
    return "\n".join([texts.everything(), *titles, *words])


def scenario_codes(names: Iterable[str], texts: Texts) -> dict[str, str]:
    """Return a code for each name of a scenario, in the order in which they come."""
    return {
        name: texts("report_redact.scenario", number=f"{number:02d}")
        for number, name in enumerate(dict.fromkeys(names), start=1)
    }


def without_free_names(material: Material, codes: Mapping[str, str], texts: Texts) -> Material:
    """Return what a report is built of with codes for the names of scenarios and files."""
    files = [
        replace(file, name=texts("report_redact.file", number=f"{number:02d}"))
        for number, file in enumerate(material.files, start=1)
    ]
    evidence = [
        replace(file, name=texts("report_redact.evidence", number=f"{number:03d}"))
        for number, file in enumerate(material.evidence, start=1)
    ]
    scenarios = tuple(_coded(each, codes) for each in material.scenarios)
    steps = {record: replace(step, by="") for record, step in material.steps.items()}
    held = texts("report_redact.withheld")
    edits = material.edits and [_without_values(each, held) for each in material.edits]
    return replace(
        material, files=files, evidence=evidence, scenarios=scenarios, steps=steps, edits=edits
    )


def _without_values(edit: LedgerEdit, held: str) -> LedgerEdit:
    """Return an edit without what it was before and after, nor what a deleted record was called.

    Neither is in the ledger any more, so that no code stands for it; a reason may name anybody.
    """
    edit = replace(edit, by="", reason=held if edit.reason else "")
    if edit.whole:
        gone = edit.park is not None
        label, old = (held, held) if gone else (edit.label, edit.old)
        return replace(edit, label=label, old=old)
    return replace(edit, old=held, new=held)


def _coded(found: Calculated, codes: Mapping[str, str]) -> Calculated:
    return replace(
        found, name=codes.get(found.name, found.name), base=codes.get(found.base, found.base)
    )
