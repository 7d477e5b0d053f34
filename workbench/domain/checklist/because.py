# SPDX-License-Identifier: MIT
"""Why an item of the checklist is open or closed, as a sentence."""

from collections.abc import Sequence

from workbench.domain.checklist.opening import Opening
from workbench.domain.checklist.template import ALL, SOE, TRANS
from workbench.domain.facts.condition_words import condition_words, name_words
from workbench.domain.facts.missing_names import Words

_GROUPS = {
    ALL: "checklist.all_pathways", TRANS: "checklist.transfers", SOE: "checklist.soe",
}  # fmt: skip


def because_words(opening: Opening, words: Words) -> str:
    """Return why an item is open or closed; its condition is said in words."""
    comma = words("assessment.comma")
    condition = opening.condition
    return words(
        f"checklist.because.{opening.because}",
        pathways=comma.join(opening.pathways),
        paths=comma.join(path_words(opening.item.paths, words)),
        condition="" if condition is None else condition_words(condition, words),
        missing=comma.join(name_words(name, words) for name in opening.missing),
    )


def path_words(paths: Sequence[str], words: Words) -> list[str]:
    """Return pathway codes, and words for the three groups of them."""
    return [words(_GROUPS[path]) if path in _GROUPS else path for path in paths]
