# SPDX-License-Identifier: MIT
"""附表E-13 and E-14: which encumbrances are in force, and which assets they burden, by formulas."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.display import choice_title, shown
from workbench.domain.figures.encumbrances import (
    DISPUTES,
    MORTGAGES,
    RELEASED,
    SEIZURES,
    is_burdened,
    is_in_force,
    of_kinds,
)
from workbench.domain.indicators.title import (
    CONSENTED,
    area_gap,
    areas_of,
    is_mortgage_clear,
    is_pledged,
    is_seized_land,
)
from workbench.domain.records.ledger import Record
from workbench.domain.report.model import Block, Cell, Column, ColumnKind, Row, Table
from workbench.domain.report.sections.cells import of_field, share, words
from workbench.domain.report.sections.links import BURDENED, IN_FORCE, to_record
from workbench.domain.report.sections.live.guards import guarded
from workbench.domain.report.sections.live.judged import AS_OF_CELL, judged, place_of, word_of
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.steps.step_words import quoted, to_verify
from workbench.domain.workings.numbers import Judged

FLAGS = {"seizure": SEIZURES, "mortgage": MORTGAGES, "litigation": DISPUTES}
"""The ledger's own flags by what burdens an asset so."""
_VALID = "有效"


def burden_tables(m: Material) -> list[Block]:
    """Return the encumbrances and the assets; nothing without assets."""
    assets = list(assets_of(m))
    if not assets:
        return []
    tables: list[Block] = [_in_force(m)] if "encumbrance" in m.annex else []
    return [*tables, _burdened(m, assets)]


def burden(asset: Record, column: str, m: Material) -> str:
    """Return where 附表E-14 counts whether an asset is burdened, "" for none."""
    parcels, own = m.annex.get("parcel"), m.annex.get(asset.entity)
    row = own.rows.get(asset.key) if own is not None else None
    if row is None:
        return ""
    above = len(parcels.records) if parcels is not None and asset.entity == "building" else 0
    return f"{{{BURDENED}!{column}@{above + row}}}"


def assets_of(m: Material) -> Iterator[Record]:
    """Yield the parcels and buildings of a park, in the order of 附表E-14."""
    for entity in ("parcel", "building"):
        if entity in m.annex:
            yield from m.annex[entity].records


def _in_force(m: Material) -> Table:
    columns = (
        Column("no", m.say("col.no"), 5, ColumnKind.ORDINAL),
        Column("name", CATALOGUE["encumbrance"].title(m.language), 24),
        Column("kind", m.say("col.kind"), 13),
        Column(Judged.IN_FORCE, m.words("report_live.in_force"), 13, ColumnKind.ORDINAL),
    )
    rows = tuple(
        (
            to_record(Cell(number), row, m),
            words(m.name_of(row)),
            of_field(row, "kind", m.whole.ledger, m.language),
            judged(is_in_force(m.reading, row, m.whole.as_of), _in_force_formula(m, row)),
        )
        for number, row in enumerate(m.annex["encumbrance"].records, start=1)
    )
    return Table(
        m.table_no("E-13"), m.words("report_live.table_in_force"), columns, rows,
        source_line=m.say("source.ledger"), notes=(m.words("report_live.note_in_force"),),
        key=IN_FORCE, dense=True,
    )  # fmt: skip


def _in_force_formula(m: Material, row: Record) -> str:
    """Return 1, 0 or 待核 as the program judges it: only the register releases an encumbrance."""
    start, end = place_of(m, row, "start_on"), place_of(m, row, "end_on")
    status, kind = word_of(m, row, "status"), place_of(m, row, "kind")
    if not status or not start or not end or not kind:
        return ""
    unknown = to_verify(m)
    released = ",".join(f"{status}={_choice(m, row, word)}" for word in sorted(RELEASED))
    silent = f'OR({status}={unknown},{status}="")'
    lasting = f'COUNTIF({end},">="&{AS_OF_CELL})>0'
    still = f"IF({silent},IF({lasting},1,{unknown}),{unknown})"
    valid = f"IF({status}={_choice(m, row, _VALID)},1,{still})"
    begun = f'IF(COUNTIF({start},">"&{AS_OF_CELL})>0,0,IF(OR({released}),0,{valid}))'
    # what it burdens was judged by its kind: of another kind, or of none, it is not known
    return f"IF(COUNT({AS_OF_CELL})=0,{unknown},IF({kind}={{kind}},{begun},{unknown}))"


def _choice(m: Material, row: Record, choice: str) -> str:
    return quoted(choice_title(choice, m.whole.ledger.catalogue[row.entity]["status"], m.language))


def _burdened(m: Material, assets: Sequence[Record]) -> Table:
    columns = (
        Column("no", m.say("col.no"), 5, ColumnKind.ORDINAL),
        Column("name", m.words("report_steps.col_asset"), 24),
        *(Column(k, m.words(f"report_live.{k}"), 13, ColumnKind.ORDINAL) for k in _COLUMNS),
        Column(GAP, m.words("report_live.area_gap"), 13, ColumnKind.NUMBER),
    )
    return Table(
        m.table_no("E-14"), m.words("report_live.table_burdened"), columns,
        tuple(_row(m, asset, number) for number, asset in enumerate(assets, start=1)),
        source_line=m.say("source.ledger"), notes=(m.words("report_live.note_burdened"),),
        key=BURDENED, dense=True,
    )  # fmt: skip


GAP = "gap"
_COLUMNS = (*FLAGS, Judged.SEIZED, Judged.PLEDGED, "clear")


def _row(m: Material, asset: Record, number: int) -> Row:
    scope, reading = m.whole, m.reading
    own = (
        judged(
            is_burdened(reading, scope, asset, kinds, flag, ask=False), _own(m, asset, kinds, flag)
        )
        for flag, kinds in FLAGS.items()
    )
    return (
        to_record(Cell(number), asset, m),
        words(m.name_of(asset)),
        *own,
        judged(is_seized_land(reading, scope, asset), _with_buildings(m, asset)),
        judged(is_pledged(reading, scope, asset), _pledged(m, asset)),
        judged(is_mortgage_clear(reading, scope, asset), _clear(m, asset)),
        _area_gap(m, asset),
    )


def _area_gap(m: Material, asset: Record) -> Cell:
    """Return by how much the actual area is off the certified one (%)."""
    fields = areas_of(asset)
    stated, measured = (place_of(m, asset, field) for field in fields)
    gap = f"ABS({stated}-{measured})/{stated}*100" if stated and measured else ""
    return replace(share(area_gap(m.reading, asset, *fields)), formula=guarded(gap, m))


def rows_of(m: Material, asset: Record, kinds: frozenset[str]) -> list[str]:
    """Return where 附表E-13 counts the encumbrances of some kinds on an asset."""
    listing = m.annex.get("encumbrance")
    if listing is None:
        return []
    rows = of_kinds(m.reading, m.whole.encumbrances_on(asset), kinds)
    return [f"{{{IN_FORCE}!{Judged.IN_FORCE}@{listing.rows[row.key]}}}" for row in rows]


def _own(m: Material, asset: Record, kinds: frozenset[str], flag: str) -> str:
    """Return whether an asset is burdened: by a row in force, else as its own flag says."""
    rows, unknown = rows_of(m, asset, kinds), to_verify(m)
    states, stated = ",".join(rows), word_of(m, asset, flag)
    if not rows and not stated:
        return ""
    silent = f"IF(COUNT({states})<{len(rows)},{unknown},0)" if rows else unknown
    if stated:
        yes, no = (_flag(m, asset, flag, truth=truth) for truth in (True, False))
        silent = f"IF({stated}={yes},1,IF({stated}={no},0,{silent}))"
    found = f"IF(SUM({states})>0,1,{silent})" if rows else silent
    # a right of another kind than was written may burden the asset in another way
    other = _of_another_kind(m, asset)
    named = m.live.pointing.while_named(asset, "encumbrance", found)
    return f"IF(OR({other}),{unknown},{named})" if other else named


def _of_another_kind(m: Material, asset: Record) -> str:
    """Return the tests that a right on an asset is no longer of the kind that it was."""
    rows = [(place_of(m, row, "kind"), row) for row in m.whole.encumbrances_on(asset)]
    listing = m.annex.get("encumbrance")
    if listing is None or not all(place for place, _ in rows):
        return ""
    kept = (f"{{{IN_FORCE}!kind@{listing.rows[row.key]}}}" for _, row in rows)
    return ",".join(f"{place}<>{kind}" for (place, _), kind in zip(rows, kept, strict=True))


def _flag(m: Material, asset: Record, flag: str, *, truth: bool) -> str:
    field = m.whole.ledger.catalogue[asset.entity][flag]
    return quoted(shown(truth, field, m.language))


def _with_buildings(m: Material, asset: Record) -> str:
    """Return whether a parcel or a building on it is seized; a building by itself."""
    if asset.entity == "building":
        return "{seizure}"
    on_it = [burden(building, "seizure", m) for building in m.whole.buildings_on(asset)]
    found = f"IF(SUM({','.join(on_it)})>0,1,{{seizure}})" if on_it and all(on_it) else "{seizure}"
    return m.live.pointing.while_named(asset, "building", found)


def _pledged(m: Material, asset: Record) -> str:
    """Return whether a mortgage row is in force, 待核 where only the ledger's flag says so."""
    rows, unknown, stated = (
        rows_of(m, asset, MORTGAGES),
        to_verify(m),
        word_of(m, asset, "mortgage"),
    )
    states, none = ",".join(rows), "0"
    if stated:
        none = f"IF({stated}={_flag(m, asset, 'mortgage', truth=True)},{unknown},0)"
    if not rows:
        return m.live.pointing.while_named(asset, "encumbrance", none if stated else "")
    found = f"IF(SUM({states})>0,1,IF(COUNT({states})<{len(rows)},{unknown},{none}))"
    return m.live.pointing.while_named(asset, "encumbrance", found)


def _clear(m: Material, asset: Record) -> str:
    """Return whether an asset is unmortgaged or every mortgagee agrees."""
    rows = of_kinds(m.reading, m.whole.encumbrances_on(asset), MORTGAGES)
    consents = [word_of(m, row, "mortgagee_consent") for row in rows]
    unknown = agreed = to_verify(m)
    if rows and all(consents):
        field = m.whole.ledger.catalogue["encumbrance"]["mortgagee_consent"]
        words_ = [quoted(choice_title(c, field, m.language)) for c in sorted(CONSENTED)]
        agree = ",".join(f"OR({','.join(f'{c}={w}' for w in words_)})" for c in consents)
        silent = ",".join(f'{c}={unknown},{c}=""' for c in consents)
        agreed = f"IF(OR({silent}),{unknown},IF(AND({agree}),1,0))"
    return f"IF({{mortgage}}=1,{agreed},IF({{mortgage}}=0,1,{unknown}))"


def seizure_points(m: Material, asset: Record, points: Decimal, flag: str) -> str:
    """Return the points of an asset that no seizure or dispute burdens, nor the land under it."""
    own, land = _own_and_land(m, asset, flag)
    if not own:
        return ""
    if not land:
        return f"IF({own}=1,0,IF({own}=0,{points},{to_verify(m)}))"
    known = f"IF(COUNT({own},{land})=0,{to_verify(m)},{points})"
    return f"IF(OR({own}=1,{land}=1),0,{known})"


def mortgage_points(m: Material, asset: Record, points: Decimal) -> str:
    """Return the points of an asset unmortgaged with its land, or whose mortgagees agree."""
    unknown = to_verify(m)
    own, land = _own_and_land(m, asset, "mortgage")
    clear, land_clear = _own_and_land(m, asset, "clear")
    if not own:
        return ""
    if not land:
        return f"IF({clear}=1,{points},IF({clear}=0,0,{unknown}))"
    refused = f"OR(AND({own}=1,{clear}=0),AND({land}=1,{land_clear}=0))"
    silent = f"OR(AND({own}=1,{clear}={unknown}),AND({land}=1,{land_clear}={unknown}))"
    burdened = f"IF({refused},0,IF({silent},{unknown},{points}))"
    free = f"IF(COUNT({own},{land})=0,{unknown},{points})"
    return f"IF(OR({own}=1,{land}=1),{burdened},{free})"


def _own_and_land(m: Material, asset: Record, column: str) -> tuple[str, str]:
    parcel = None
    if asset.entity == "building":
        parcel = m.whole.ledger.find("parcel", asset.text("parcel"))
    return burden(asset, column, m), burden(parcel, column, m) if parcel is not None else ""
