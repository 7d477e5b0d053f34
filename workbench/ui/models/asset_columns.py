# SPDX-License-Identifier: MIT
"""The columns of the asset register: which field of each entity, or how it is computed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from workbench.domain.catalogue import CATALOGUE
from workbench.ui.models.asset_figures import AssetFigures
from workbench.ui.models.field_cells import choice_titles, unit_title
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
    factor: Decimal = Decimal(1)

    def grid_column(self) -> GridColumn:
        """Return the column as the grid shows it."""
        choices: list[str] = []
        for entity, name in self.fields.items():
            choices += choice_titles(CATALOGUE[entity][name])
        return GridColumn(
            self.key,
            t(f"ledger.column.{self.key}"),
            unit_title(self.unit),
            self.kind,  # type: ignore[arg-type]  # the kinds below are the grid's
            self._width(),
            self.decimals,
            editable=bool(self.fields),
            frozen=self.frozen,
            strong=self.strong,
            quiet=self.quiet,
            choices=tuple(dict.fromkeys(choices)),
        )

    def _width(self) -> int:
        """Return the width; words of a list are longer in English than in Chinese."""
        listed = self.key == "entity" or self.kind in ("choice", "pill")
        return self.width if language() == "zh_CN" or not listed else round(self.width * 1.25)


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
