# SPDX-License-Identifier: MIT
"""Facts about appraisals: of each asset the newest that is valid on the as-of date (附表E-20)."""

from collections.abc import Callable, Mapping

from workbench.domain.facts.space import appraised_together, valid_appraisal
from workbench.domain.report.sections.live.annex_cells import scale
from workbench.domain.report.sections.live.judged import place_of
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.steps.annex_words import as_written
from workbench.domain.report.sections.steps.step_words import quoted, to_verify

_MOST, _MOST_DATED = 120, 60
"""So many assets are named one by one, and with the dates of all their appraisals."""


def appraisal_formula(m: Material, name: str) -> str:
    """Return the formula of a fact about appraisals, "" where an annex does not show them."""
    write = _WRITTEN.get(name)
    return write(m) if write is not None else ""


def _cells(m: Material, field: str, column: str) -> list[str]:
    """Return of every asset with appraisals what is taken of the one that counts."""
    found: list[str] = []
    for asset in m.scope.assets:
        choice = valid_appraisal(m.scope, asset)
        if choice is None:
            continue
        if not m.live.chosen.shows(choice, field):
            return []
        place = m.live.chosen.pick(choice, field)
        if place is None:
            return []
        found.append(f"{{{place[0]}!{column}@{place[1]}}}")
    return found if len(found) <= _MOST else []


def _appraised(m: Material) -> str:
    """Return the sum, 待核 while an asset has no valid appraisal, itself or with its parcel."""
    sum_ = _known_appraised(m)
    of_assets = [each for each in m.scope.assets if valid_appraisal(m.scope, each) is not None]
    rows = dict(zip((each.key for each in of_assets), _cells(m, "value", "row"), strict=False))
    if not sum_:
        return ""
    left_out: list[str] = []
    for parcel, buildings in appraised_together(m.scope):
        own = [rows[each.key] for each in buildings if each.key in rows]
        land = rows.get(parcel.key) if parcel is not None else None
        by_parts = f"(COUNT({','.join(own)})<{len(own)})" if len(own) == len(buildings) else "1"
        by_parts = by_parts if buildings else "1"
        if land is None and by_parts == "1":
            return ""
        left_out.append(f"(COUNT({land})=0)*{by_parts}" if land is not None else by_parts)
    return f"IF({'+'.join(left_out)}>0,{to_verify(m)},{sum_})"


def _known_appraised(m: Material) -> str:
    """Return the sum of what the valid ones say, 待核 where there is none or one says nothing."""
    rows, values = (_cells(m, "value", column) for column in ("row", "value"))
    if not rows:
        return ""
    taken, said = ",".join(rows), ",".join(values)
    unknown, per = to_verify(m), scale(m.annex["valuation"].entity["value"])
    known = f"IF(COUNT({said})<COUNT({taken}),{unknown},SUM({said}){per}/10000)"
    return f"IF(COUNT({taken})=0,{unknown},{known})"


def _valid(m: Material) -> str:
    """Return 否 where an asset has only expired ones, 待核 where one of these has no base date."""
    rows = _cells(m, "value", "row")
    if not rows or len(rows) > _MOST_DATED:
        return ""
    appraised = [asset for asset in m.scope.assets if m.scope.valuations_of(asset)]
    expired: list[str] = []
    for row, asset in zip(rows, appraised, strict=True):
        of_asset = m.scope.valuations_of(asset)
        dates = ",".join(place_of(m, each, "base_date") for each in of_asset)
        expired.append(f"(COUNT({row})=0)*(COUNT({dates})={len(of_asset)})")
    yes, no = quoted(m.say("yes")), quoted(m.say("no"))
    known = f"IF({'+'.join(expired)}>0,{no},{to_verify(m)})"
    return f"IF(COUNT({','.join(rows)})={len(rows)},{yes},{known})"


def _filed(m: Material) -> str:
    """Return 否 where a valid one is not filed, 待核 where one does not say so or none is valid."""
    rows, words = (_cells(m, "filed", column) for column in ("row", "value"))
    if not rows:
        return ""
    yes, no = (as_written(m, "valuation", "filed", truth) for truth in (True, False))
    filed, refused = ("+".join(f"({cell}={said})" for cell in words) for said in (yes, no))
    taken = f"COUNT({','.join(rows)})"
    said_yes, said_no = quoted(m.say("yes")), quoted(m.say("no"))
    known = f"IF({filed}<{taken},{to_verify(m)},{said_yes})"
    return f"IF({taken}=0,{to_verify(m)},IF({refused}>0,{said_no},{known}))"


_WRITTEN: Mapping[str, Callable[[Material], str]] = {
    "value.known_appraised": _known_appraised,
    "value.appraised": _appraised,
    "value.valid": _valid,
    "value.filed": _filed,
}
