# SPDX-License-Identifier: MIT
"""Says what a report takes from a template and what not, before anything is written."""

from collections.abc import Sequence

from workbench.application.ports import Texts
from workbench.excel.house.losses import OTHER
from workbench.excel.house.shipped import SHOWN
from workbench.excel.house.style import NORMAL, HouseStyle

_NO_NAMES = frozenset({NORMAL, "heading", "heading 3"})
"""The style of cells without one, and the earlier names of one of ours."""


def sentences(house: HouseStyle, texts: Texts) -> Sequence[str]:
    """Return one sentence for what is taken, and one for each kind of thing that is not."""
    comma = texts("report.comma")
    taken = "taken_cover" if house.cover is not None else "taken"
    said = [texts(f"report_style.{taken}", name=house.name)]
    things = [_thing(code, texts) for code in house.lost]
    known = {shown.name for shown in SHOWN}
    missing = [shown.name for shown in SHOWN if shown.name not in house.styles]
    for key, words in (
        ("lost", things),
        ("unknown", house.unknown),
        ("appended", house.appended),
        ("styles_missing", missing),
        ("styles_unused", sorted(house.shown - known - _NO_NAMES)),
    ):
        if words:
            said.append(texts(f"report_style.{key}", name=house.name, things=comma.join(words)))
    return said


def _thing(code: str, texts: Texts) -> str:
    """Return what is lost in words; what has none goes by its own name."""
    if code.startswith(OTHER):
        return texts("report_style.other", name=code.removeprefix(OTHER))
    return texts(f"report_style.thing.{code}")
