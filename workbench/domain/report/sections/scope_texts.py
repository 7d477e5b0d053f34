# SPDX-License-Identifier: MIT
"""Says what a report is about: the whole park or some of its assets, real or sample data."""

from workbench.domain.report.model import Block, Paragraph
from workbench.domain.report.sections.material import Material

MOST_NAMED = 4


def sample_note(m: Material) -> list[Block]:
    """Say that the data is invented where it is the sample park."""
    return [Paragraph(m.say("sample_note"), strong=True)] if m.is_sample else []


def scope_text(m: Material) -> str:
    """Say what is assessed: the whole park, or the chosen assets by name."""
    if m.scope.whole_park:
        return m.say("scope_park")
    keys = m.scope.asset_keys or frozenset()
    names = [asset.label for asset in m.scope.assets if asset.key in keys]
    shown = m.say("comma").join(names[:MOST_NAMED])
    if len(names) > MOST_NAMED:
        shown += m.say("and_more", count=len(names) - MOST_NAMED)
    return m.say("scope_assets", names=shown)


def scope_note(m: Material) -> list[Block]:
    """Say in a chapter on the assessed assets which they are; nothing for a whole park."""
    return [] if m.scope.whole_park else [Paragraph(m.say("scope_note", scope=scope_text(m)))]


def ours_title(m: Material) -> str:
    """Return the heading of our own figures: the park's, or those of what is assessed."""
    return m.say("col.ours" if m.scope.whole_park else "col.assessed")
