# SPDX-License-Identifier: MIT
"""What diagnosis rules ask about title and encumbrances, counted from the assets of 附表E-14."""

from collections.abc import Callable, Mapping, Sequence

from workbench.domain.indicators.title import areas_of
from workbench.domain.records.ledger import Record
from workbench.domain.report.sections.links import BURDENED, column_part
from workbench.domain.report.sections.live.burdens import GAP, burden
from workbench.domain.report.sections.live.judged import place_of
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.steps.step_words import quoted, to_verify

_MOST = 20
"""So many assets are named one by one; those of a whole park are a range."""


def measured_formula(m: Material, name: str) -> str:
    """Return the formula of a fact that a rule asks for, "" where the report does not count it."""
    write = _WRITTEN.get(name)
    return write(m, m.scope.assets) if write is not None and m.scope.assets else ""


def _cells(m: Material, assets: Sequence[Record], column: str) -> str:
    """Return the cells of a column of some assets, "" where one has none or there are too many."""
    parcels, buildings = (m.annex.get(entity) for entity in ("parcel", "building"))
    lands, houses = (len(each.records) if each else 0 for each in (parcels, buildings))
    if m.scope.whole_park and len(assets) == lands + houses:
        return column_part(BURDENED, column, 1, lands + houses)
    if m.scope.whole_park and lands and all(asset.entity == "parcel" for asset in assets):
        return column_part(BURDENED, column, 1, lands) if len(assets) == lands else ""
    cells = [burden(asset, column, m) for asset in assets]
    return ",".join(cells) if len(cells) <= _MOST and all(cells) else ""


def _gaps(m: Material, assets: Sequence[Record]) -> str:
    """Return the cells of the area gaps, "" where the annex has no room for one."""
    has_room = all(place_of(m, asset, field) for asset in assets for field in areas_of(asset))
    return _cells(m, assets, GAP) if has_room else ""


def _largest_gap(m: Material, assets: Sequence[Record]) -> str:
    cells = _gaps(m, assets)
    return f"IF(COUNT({cells})=0,{to_verify(m)},MAX({cells}))" if cells else ""


def _all_compared(m: Material, assets: Sequence[Record]) -> str:
    cells = _gaps(m, assets)
    yes = quoted(m.say("yes"))
    return f"IF(COUNT({cells})={len(assets)},{yes},{to_verify(m)})" if cells else ""


def _seized(m: Material, assets: Sequence[Record]) -> str:
    """Ask every asset; a building of which nothing is known is as its land is."""
    parcels = [asset for asset in assets if asset.entity == "parcel"]
    lands = {parcel.key for parcel in parcels}
    alone = [a for a in assets if a.entity == "building" and a.text("parcel") not in lands]
    asked = [_cells(m, some, "seizure") for some in (parcels, alone) if some]
    known = ",".join(asked) if all(asked) else ""
    return _any(m, _cells(m, assets, "seizure"), known, len(parcels) + len(alone))


def _disputed(m: Material, assets: Sequence[Record]) -> str:
    cells = _cells(m, assets, "litigation")
    return _any(m, cells, cells, len(assets))


def _any(m: Material, cells: str, asked: str, count: int) -> str:
    """Return 是 if one is 1, 待核 if one of the asked is open, else 否."""
    if not cells or not asked:
        return ""
    yes, no = quoted(m.say("yes")), quoted(m.say("no"))
    known = f"IF(COUNT({asked})<{count},{to_verify(m)},{no})"
    return f"IF(SUM({cells})>0,{yes},{known})"


_WRITTEN: Mapping[str, Callable[[Material, Sequence[Record]], str]] = {
    "title.known_area_gap": _largest_gap,
    "title.areas_compared": _all_compared,
    "enc.active_seizure": _seized,
    "enc.dispute": _disputed,
}
