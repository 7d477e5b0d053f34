# SPDX-License-Identifier: MIT
"""Shapes, text boxes and pictures of a template's cover as they stand on paper."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from workbench.domain.report.drawn import Form, Shape, Stroke, Unpainted
from workbench.excel.charts import EMU_PER_POINT
from workbench.excel.house.parts import Part
from workbench.excel.printing import shape_words
from workbench.excel.printing.elements import child, local, number, pair, said, whole
from workbench.excel.printing.pictures import is_painted
from workbench.excel.printing.theme_colors import ThemeColors

_FORMS = {
    "rect": Form.BOX, "roundRect": Form.ROUND, "ellipse": Form.OVAL, "line": Form.LINE,
    "straightConnector1": Form.LINE, "flowChartProcess": Form.BOX,
}  # fmt: skip
_TURNS = 60_000
"""Of a degree."""
_WHOLE = 100_000
_HAIRLINE = 9525
_ARROWLESS = frozenset({"none", ""})
_PLAIN_FILLS = frozenset({"solidFill", "noFill"})
_OTHER_FILLS = frozenset({"gradFill", "blipFill", "pattFill", "grpFill"})


@dataclass(frozen=True, slots=True)
class Grid:
    """The left edges of columns and the upper edges of rows, each with the last end, in points."""

    columns: Sequence[float]
    rows: Sequence[float]


@dataclass(frozen=True, slots=True)
class _Box:
    x: float
    y: float
    width: float
    height: float


@dataclass
class Drawing:
    """Reads one drawing; what it cannot give as it is is in ``unpainted``."""

    part: Part
    grid: Grid
    colors: ThemeColors
    unpainted: set[Unpainted] = field(default_factory=set)

    def shapes(self) -> tuple[Shape, ...]:
        """Return what is drawn, from the back to the front; what does not print is left out."""
        from openpyxl.xml.functions import fromstring  # the safe one

        return tuple(self._all(fromstring(self.part.content)))

    def _all(self, tree: Any) -> Iterator[Shape]:
        for element in tree:
            if local(element) == "AlternateContent":
                yield from self._all(_chosen(element))
            elif local(element).endswith("Anchor"):
                yield from self._anchored(element)

    def _anchored(self, anchor: Any) -> Iterator[Shape]:
        data = child(anchor, "clientData")
        if data is not None and data.get("fPrintsWithSheet") in ("0", "false"):
            return
        box = self._box(anchor)
        for element in anchor:
            yield from self._of(element, box)

    def _of(self, element: Any, box: _Box) -> Iterator[Shape]:
        """Yield what an element draws into a box."""
        match local(element):
            case "AlternateContent":
                for inner in _chosen(element):
                    yield from self._of(inner, box)
            case "sp" | "cxnSp" | "pic" if not _is_hidden(element):
                yield self._shape(element, box)
            case "grpSp" if not _is_hidden(element):
                yield from self._group(element, box)
            case "graphicFrame" | "contentPart":
                self.unpainted.add(Unpainted.SMART_ART)

    def _group(self, group: Any, box: _Box) -> Iterator[Shape]:
        """Yield the parts of a group, each where it stands in the group's own measure."""
        transform = child(child(group, "grpSpPr"), "xfrm")
        from_, size = child(transform, "chOff"), child(transform, "chExt")
        left, top = pair(from_, "x", "y")
        width, height = pair(size, "cx", "cy")
        across, down = box.width / (width or 1), box.height / (height or 1)
        for element in group:
            properties = child(element, "grpSpPr" if local(element) == "grpSp" else "spPr")
            own = child(properties, "xfrm")
            if own is None:
                continue
            x, y = pair(child(own, "off"), "x", "y")
            wide, high = pair(child(own, "ext"), "cx", "cy")
            place = _Box(box.x + (x - left) * across, box.y + (y - top) * down,
                         wide * across, high * down)  # fmt: skip
            yield from self._of(element, place)

    def _shape(self, element: Any, box: _Box) -> Shape:
        properties, style = child(element, "spPr"), child(element, "style")
        transform = child(properties, "xfrm")
        turn = number(transform, "rot") / _TURNS % 360
        if 45 <= turn % 180 < 135:  # the cells of an anchor are those that it covers turned
            middle = box.x + box.width / 2, box.y + box.height / 2
            box = _Box(middle[0] - box.height / 2, middle[1] - box.width / 2,
                       box.height, box.width)  # fmt: skip
        shape = Shape(
            box.x, box.y, box.width, box.height,
            form=self._form(properties),
            stroke=self._stroke(properties, style),
            turn=turn,
            flipped_across=said(transform, "flipH"),
            flipped_down=said(transform, "flipV"),
        )  # fmt: skip
        if local(element) == "pic":
            return self._picture(shape, child(element, "blipFill"))
        fill, covers = self._fill(properties, style)
        shape = replace(shape, fill=fill, opacity=covers)
        ink = self.colors.of(child(style, "fontRef"))[0] or "000000"
        return shape_words.with_words(shape, child(element, "txBody"), self.colors, ink,
                                      self.unpainted)  # fmt: skip

    def _form(self, properties: Any) -> Form:
        preset = child(properties, "prstGeom")
        name = preset.get("prst", "") if preset is not None else ""
        if name not in _FORMS and (name or child(properties, "custGeom") is not None):
            self.unpainted.add(Unpainted.FORMS)
        return _FORMS.get(name, Form.BOX)

    def _fill(self, properties: Any, style: Any) -> tuple[str, float]:
        for own in properties if properties is not None else ():
            if local(own) in _OTHER_FILLS:
                self.unpainted.add(Unpainted.FILLS)
                stops = [stop for stop in own.iter() if local(stop) == "gs"]
                return self.colors.of(stops[len(stops) // 2]) if stops else ("", 1.0)
            if local(own) in _PLAIN_FILLS:
                return self.colors.of(own) if local(own) == "solidFill" else ("", 1.0)
        reference = child(style, "fillRef")
        return self.colors.of(reference) if number(reference, "idx") else ("", 1.0)

    def _stroke(self, properties: Any, style: Any) -> Stroke | None:
        line, reference = child(properties, "ln"), child(style, "lnRef")
        style_number, widths = number(reference, "idx"), self.colors.widths
        color = self.colors.of(reference)[0] if style_number else ""
        width = widths[style_number - 1] if 0 < style_number <= len(widths) else 0
        if line is not None:
            if child(line, "noFill") is not None:
                return None
            color = self.colors.of(child(line, "solidFill"))[0] or color
            width = number(line, "w") or width
        if not color:
            return None
        dashes = child(line, "prstDash")
        begin, end = child(line, "headEnd"), child(line, "tailEnd")
        return Stroke(
            color,
            (width or _HAIRLINE) / EMU_PER_POINT,
            dashes.get("val", "solid") if dashes is not None else "solid",
            begin is not None and begin.get("type", "") not in _ARROWLESS,
            end is not None and end.get("type", "") not in _ARROWLESS,
        )

    def _picture(self, shape: Shape, fill: Any) -> Shape:
        """Return a shape with its picture; of a drawn one the picture that stands in for it."""
        blip = child(fill, "blip")
        wanted = next((value for name, value in blip.items() if name.endswith("}embed")), "") \
            if blip is not None else ""  # fmt: skip
        needs = (need.part for need in self.part.needs if need.id == wanted)
        found = next((part.content for part in needs if part is not None), b"")
        if not is_painted(found):
            self.unpainted.add(Unpainted.PICTURES)
            return shape
        cut = child(fill, "srcRect")
        left, top, right, bottom = (number(cut, side) / _WHOLE for side in "ltrb")
        return replace(shape, content=found, crop=(left, top, right, bottom))

    def _box(self, anchor: Any) -> _Box:
        if local(anchor) == "absoluteAnchor":
            x, y = (each / EMU_PER_POINT for each in pair(child(anchor, "pos"), "x", "y"))
        else:
            x, y = self._corner(child(anchor, "from"))
        end = child(anchor, "to")
        if end is not None:
            right, bottom = self._corner(end)
            return _Box(x, y, right - x, bottom - y)
        wide, high = pair(child(anchor, "ext"), "cx", "cy")
        return _Box(x, y, wide / EMU_PER_POINT, high / EMU_PER_POINT)

    def _corner(self, marker: Any) -> tuple[float, float]:
        at = {local(each): whole(each.text) for each in (marker if marker is not None else ())}
        return (
            _at(self.grid.columns, at.get("col", 0), at.get("colOff", 0) / EMU_PER_POINT),
            _at(self.grid.rows, at.get("row", 0), at.get("rowOff", 0) / EMU_PER_POINT),
        )


def _at(edges: Sequence[float], number: int, further: float) -> float:
    """Return a place in a column or row, which does not reach beyond its end."""
    if number + 1 >= len(edges):
        return edges[-1]
    return min(edges[number] + further, edges[number + 1])


def _chosen(alternatives: Any) -> Any:
    """Return what any program can draw of alternatives, the last one that holds something."""
    return next((each for each in reversed(alternatives) if len(each)), ())


def _is_hidden(element: Any) -> bool:
    return any(local(each) == "cNvPr" and each.get("hidden") in ("1", "true")
               for about in element[:1] for each in about)  # fmt: skip
