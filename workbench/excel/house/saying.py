# SPDX-License-Identifier: MIT
"""Says what a report takes from a template and what not, before anything is written."""

from collections.abc import Sequence

from workbench.application.ports import Texts
from workbench.excel.house.shipped import SHOWN
from workbench.excel.house.style import HouseStyle


def sentences(house: HouseStyle, texts: Texts) -> Sequence[str]:
    """Return one sentence for what is taken, and one for each kind of thing that is not."""
    comma = texts("report.comma")
    taken = "taken_cover" if house.cover is not None else "taken"
    said = [texts(f"report_style.{taken}", name=house.name)]
    things = [texts(f"report_style.thing.{code}") for code in house.lost]
    missing = [shown.name for shown in SHOWN if shown.name not in house.styles]
    for key, words in (
        ("lost", things),
        ("unknown", house.unknown),
        ("appended", house.appended),
        ("styles_missing", missing),
    ):
        if words:
            said.append(texts(f"report_style.{key}", name=house.name, things=comma.join(words)))
    return said
