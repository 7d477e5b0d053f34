# SPDX-License-Identifier: MIT
"""What stands at the head of a scenario's sheet: how to read it, and what its answers rest on."""

from workbench.domain.report.model import Block, Paragraph
from workbench.domain.report.sections.money.assumptions import against_ledger
from workbench.domain.report.sections.money.defaults import by_default
from workbench.domain.report.sections.money.words import Calculated, Say


def head(found: Calculated, say: Say) -> list[Block]:
    """Return the paragraphs above the answers; what a reader must not miss is strong."""
    plain = [say("basis", set=found.result.parameter_set), say("rounding")]
    if found.model.before_tax:
        plain.append(say("before_tax"))
    if found.base:
        plain.append(_variant(found, say))
    told = [*found.sentences, against_ledger(found, say), *by_default(found, say)]
    return [
        *map(Paragraph, plain),
        *(Paragraph(sentence, strong=True) for sentence in told if sentence),
    ]


def _variant(found: Calculated, say: Say) -> str:
    titles = [
        item.field.title(say.language) for item in found.model.inputs if item.key in found.differs
    ]
    if not titles:
        return say("variant_same", base=found.base)
    return say("variant", base=found.base, inputs=say.texts("report.comma").join(titles))
