# SPDX-License-Identifier: MIT
"""A small park, typed in as a person would."""

from pathlib import Path
from tempfile import TemporaryDirectory

from workbench.bootstrap import Program, Services

_made: dict[tuple[str, bool], tuple[bytes, dict[str, str]]] = {}
"""Projects by language and by whether the park is filled, with the keys of what it holds."""


def small_project(
    program: Program, place: Path, *, filled: bool = True, related: bool = True
) -> dict[str, str]:
    """Write a project with the park to a place, empty or filled; return the keys by code.

    It is made once in a run, and a copy of it is a project of its own. A test of what copies have
    to do with each other asks for one that is not ``related``.
    """
    wanted = (program.language, filled)
    if not related or wanted not in _made:
        _made[wanted] = _make(program, filled=filled)
    pages, keys = _made[wanted]
    place.write_bytes(pages)
    return dict(keys)


def _make(program: Program, *, filled: bool) -> tuple[bytes, dict[str, str]]:
    with TemporaryDirectory() as folder:
        place = Path(folder) / "滨河.park"
        services = program.create(str(place))
        park = services.editing.add("park", {"code": "P-01", "name": "滨河高新产业园"})
        keys = fill(services, park) if filled else {}
        services.close()
        return place.read_bytes(), keys


def fill(services: Services, park: str) -> dict[str, str]:
    """Add land, buildings, a facility, a tenant and a lease; return their keys by code."""
    add = services.editing.add
    keys = {
        "G1": add("parcel", {"code": "G1", "name": "原铜材厂地块", "park": park, "land_use": "工业",
                             "status": "闲置", "area_cert": "56亩"}),
        "G2": add("parcel", {"code": "G2", "name": "研发用地", "park": park, "land_use": "科研",
                             "status": "已建成", "area_cert": "24.6亩"}),
    }  # fmt: skip
    for code, name, area, status in (
        ("B1", "研发一号楼", "21450", "部分出租"),
        ("B2", "研发二号楼", "9800", "空置"),
        ("B3", "仓库", "15600", "出租"),
    ):
        keys[code] = add(
            "building",
            {"code": code, "name": name, "park": park, "parcel": keys["G2"], "kind": "研发办公",
             "gfa_actual": area, "rentable_area": area, "use_status": status},
        )  # fmt: skip
    keys["F1"] = add("facility", {"code": "F1", "name": "变电站", "park": park, "kind": "供电"})
    tenant = add("enterprise", {"name": "华川电子股份有限公司"})
    keys["L1"] = add(
        "lease",
        {"contract_no": "L1", "building": keys["B1"], "tenant": tenant, "area": "10000",
         "rent_price": "30", "rent_unit": "元/㎡·月", "start_on": "2025-01-01",
         "end_on": "2027-12-31"},
    )  # fmt: skip
    return keys
