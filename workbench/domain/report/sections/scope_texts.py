# SPDX-License-Identifier: MIT
"""Says what a report is about: the whole park or some of its assets, real or sample data."""

from workbench.domain.report.model import Block, Paragraph
from workbench.domain.report.sections.material import Material

MOST_NAMED, MOST_IN_TITLE = 4, 2


def sample_note(m: Material) -> list[Block]:
    """Say that the data is invented where it is the sample park."""
    return [Paragraph(m.say("sample_note"), strong=True)] if m.is_sample else []


def scope_text(m: Material) -> str:
    """Say what is assessed: the whole park, or the chosen assets by name."""
    if m.scope.whole_park:
        return m.say("scope_park")
    return m.say("scope_assets", names=_names(m, MOST_NAMED))


def _names(m: Material, most: int) -> str:
    """Return what the chosen assets are called, the first ``most`` of them."""
    keys = m.scope.asset_keys or frozenset()
    names = [asset.label for asset in m.scope.assets if asset.key in keys]
    shown = m.say("comma").join(names[:most])
    return shown + m.say("and_more", count=len(names) - most) if len(names) > most else shown


def title_of(m: Material) -> str:
    """Return the title of the report: of the park, or of the chosen assets in it."""
    if m.scope.whole_park:
        return m.say("title", park=m.park_name)
    return m.say("title_assets", park=m.park_name, assets=_names(m, MOST_IN_TITLE))


def background_note(m: Material, *, annex: bool = False) -> list[Block]:
    """Say in a chapter or an annex on the whole park that it is not on the assessed assets."""
    if m.scope.whole_park:
        return []
    key = "scope_background_annex" if annex else "scope_background"
    return [Paragraph(m.say(key, scope=scope_text(m)), strong=True)]


def scope_note(m: Material) -> list[Block]:
    """Say in a chapter on the assessed assets which they are; nothing for a whole park."""
    return [] if m.scope.whole_park else [Paragraph(m.say("scope_note", scope=scope_text(m)))]


def ours_title(m: Material) -> str:
    """Return the heading of our own figures: the park's, or those of what is assessed."""
    return m.say("col.ours" if m.scope.whole_park else "col.assessed")
