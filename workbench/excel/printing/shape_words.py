# SPDX-License-Identifier: MIT
"""The words of shapes and text boxes, with their looks."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from workbench.domain.report.drawn import Lines, Run, Shape, Unpainted
from workbench.excel.charts import EMU_PER_POINT
from workbench.excel.printing.elements import child, local, number
from workbench.excel.printing.theme_colors import ThemeColors

_SIDES = {"l": "left", "ctr": "center", "r": "right", "just": "justify", "dist": "justify"}
_HEIGHTS = {"t": "top", "ctr": "center", "b": "bottom"}
_INSETS = (("lIns", 91_440), ("tIns", 45_720), ("rIns", 91_440), ("bIns", 45_720))
_LETTER, _USUAL = 100, 1100
"""Sizes of letters are hundredths of a point; what they are where nothing is said."""
_OFF = frozenset({"", "0", "false", "none"})


def with_words(
    shape: Shape, body: Any, colors: ThemeColors, ink: str, unpainted: set[Unpainted]
) -> Shape:
    """Return a shape with its words; ``ink`` is their colour where they have none of their own."""
    if body is None:
        return shape
    text = tuple(
        Lines(tuple(_runs(each, colors, ink)), _horizontal(each))
        for each in body
        if local(each) == "p"
    )
    if not any(run.words.strip() for lines in text for run in lines.runs):
        return shape
    about = child(body, "bodyPr")
    said = about.attrib if about is not None else {}
    if said.get("vert", "horz") != "horz":
        unpainted.add(Unpainted.UPRIGHT)
        return shape
    left, top, right, bottom = (
        number(about, name, usual) / EMU_PER_POINT for name, usual in _INSETS
    )
    return replace(
        shape,
        text=text,
        vertical=_HEIGHTS.get(said.get("anchor", "t"), "top"),
        insets=(left, top, right, bottom),
        wraps=said.get("wrap", "square") != "none",
    )


def _horizontal(paragraph: Any) -> str:
    said = child(paragraph, "pPr")
    return _SIDES.get(said.get("algn", "l"), "left") if said is not None else "left"


def _runs(paragraph: Any, colors: ThemeColors, ink: str) -> Iterator[Run]:
    """Yield the runs of a paragraph; of one without words the size of what would be written."""
    for element in paragraph:
        name = local(element)
        if name == "br":
            yield replace(_run(element, colors, ink), words="\n")
        elif name in ("r", "fld", "endParaRPr"):
            yield _run(element, colors, ink)


def _run(element: Any, colors: ThemeColors, ink: str) -> Run:
    look = element if local(element) == "endParaRPr" else child(element, "rPr")
    text = child(element, "t")
    words = (text.text or "") if text is not None else ""
    if look is None:
        return Run(words, color=ink)
    return Run(
        words,
        number(look, "sz", _USUAL) / _LETTER,
        look.get("b", "") not in _OFF,
        look.get("i", "") not in _OFF,
        look.get("u", "") not in _OFF,
        colors.of(child(look, "solidFill"))[0] or ink,
    )
