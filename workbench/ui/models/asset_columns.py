# SPDX-License-Identifier: MIT
"""The columns of the asset register: which field of each entity, or how it is computed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.fields import Catalogue, Field
from workbench.ui.models.asset_figures import AssetFigures
from workbench.ui.models.field_cells import (
    choice_titles,
    column_of,
    pill_column_width,
    unit_title,
)
from workbench.ui.texts import language, t
from workbench.ui.widgets.grid.protocol import GridColumn

REGISTER = "assets"
"""The key of the asset register among the tables."""

ASSET_ENTITIES = ("parcel", "building", "facility")
Compute = Callable[[AssetFigures], Decimal | None]


@dataclass(frozen=True, slots=True)
class AssetColumn:
    """One column: which field of each entity it shows, or how it is computed.

    ``applies`` lists the entities that have such a value at all.
    """

    key: str
    unit: str = ""
    kind: str = "text"
    width: int = 104
    decimals: int = 0
    fields: Mapping[str, str] = field(default_factory=dict)
    compute: Compute | None = None
    computed_for: frozenset[str] = frozenset()
    frozen: bool = False
    strong: bool = False
    quiet: bool = False
    own: Field | None = None
    """A team's own field, which names and types the column."""

    @property
    def title(self) -> str:
        """Return the words of the header."""
        return t(f"ledger.column.{self.key}") if self.own is None else self.own.title(language())

    def computes(self, entity: str) -> bool:
        """Tell whether an entity's value of this column is computed."""
        return entity in self.computed_for or self.key == "burdens"

    def grid_column(self) -> GridColumn:
        """Return the column as the grid shows it."""
        if self.own is not None:
            return replace(column_of(self.own), key=self.key)
        choices: list[str] = []
        for entity, name in self.fields.items():
            choices += choice_titles(CATALOGUE[entity][name])
        return GridColumn(
            self.key,
            self.title,
            unit_title(self.unit),
            self.kind,  # type: ignore[arg-type]  # the kinds below are the grid's
            self._width(choices),
            self.decimals,
            editable=bool(self.fields),
            frozen=self.frozen,
            strong=self.strong,
            quiet=self.quiet,
            choices=tuple(dict.fromkeys(choices)),
        )

    def _width(self, choices: Sequence[str]) -> int:
        """Return the width; words of a list are longer in English than in Chinese."""
        listed = self.key == "entity" or self.kind in ("choice", "pill")
        usual = self.width if language() == "zh_CN" or not listed else round(self.width * 1.25)
        return max(usual, pill_column_width(choices)) if self.kind == "pill" else usual


_LAND_AND_BUILDINGS = frozenset({"parcel", "building"})
_LAND = frozenset({"parcel"})


def _same(name: str) -> dict[str, str]:
    return {entity: name for entity in ASSET_ENTITIES if name in CATALOGUE[entity]}


COLUMNS = (
    AssetColumn("code", width=92, fields=_same("code"), frozen=True, quiet=True),
    AssetColumn("name", width=176, fields=_same("name"), frozen=True, strong=True),
    AssetColumn("entity", width=64),
    AssetColumn(
        "kind",
        width=96,
        fields={"parcel": "land_use", "building": "kind", "facility": "kind"},
        kind="choice",
    ),
    AssetColumn(
        "status",
        width=106,
        fields={"parcel": "status", "building": "use_status", "facility": "status"},
        kind="pill",
    ),
    AssetColumn(
        "land", unit="亩", kind="number", width=86, decimals=2, fields={"parcel": "area_cert"}
    ),
    AssetColumn(
        "floor_area",
        unit="㎡",
        kind="number",
        width=96,
        decimals=0,
        fields={"building": "gfa_actual"},
        compute=lambda figures: figures.floor_area,
        computed_for=_LAND_AND_BUILDINGS,
    ),
    AssetColumn(
        "far",
        kind="number",
        width=74,
        decimals=2,
        compute=lambda figures: figures.far,
        computed_for=_LAND,
    ),
    AssetColumn(
        "occupancy",
        unit="%",
        kind="bar",
        width=114,
        decimals=1,
        compute=lambda figures: figures.occupancy,
        computed_for=_LAND_AND_BUILDINGS,
    ),
    AssetColumn(
        "rent",
        unit="元/㎡·月",
        kind="number",
        width=100,
        decimals=1,
        compute=lambda figures: figures.rent,
        computed_for=_LAND_AND_BUILDINGS,
    ),
    AssetColumn(
        "net_value",
        unit="万元",
        kind="number",
        width=108,
        decimals=2,
        fields={"building": "net_value"},
    ),
    AssetColumn(
        "title",
        width=132,
        fields={"parcel": "cert_kind", "building": "cert_status"},
        kind="pill",
    ),
    AssetColumn("burdens", width=132),
    AssetColumn(
        "years_left",
        unit="年",
        kind="number",
        width=92,
        decimals=1,
        compute=lambda figures: figures.years_left,
        computed_for=_LAND,
    ),
    AssetColumn("note", width=200, fields=_same("note")),
)


def register_columns(catalogue: Catalogue) -> tuple[AssetColumn, ...]:
    """Return the columns with the team's own fields of assets behind them.

    Fields of several kinds with one title, type and unit share a column.
    """
    found: dict[tuple[object, ...], AssetColumn] = {}
    taken: set[str] = set()
    for entity in ASSET_ENTITIES:
        for own in (each for each in catalogue[entity] if each.own):
            alike = (own.zh, own.type, own.unit, own.shown_unit, own.choices)
            if (known := found.get(alike)) is not None:
                found[alike] = replace(known, fields={**known.fields, entity: own.key})
                continue
            key = own.key if own.key not in taken else f"{own.key}.{entity}"
            taken.add(key)
            found[alike] = AssetColumn(key, fields={entity: own.key}, own=own)
    return (*COLUMNS, *found.values())
