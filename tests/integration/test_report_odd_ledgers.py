"""Issue 8, bad input: ledgers as nobody plans them give whole reports, open and redacted."""

import zipfile
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from tests.office_rig import all_recalculated, assert_same_values, needs_office
from tests.shipped import texts
from tests.workbook_rules import complaints
from workbench.bootstrap import Program

LEAP_DAY = date(2028, 2, 29)
HIDDEN = ("堃镕喆赟", "翀珩璟", "彧烨澔", "骞濮")


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Names like formulas, nothing known, nothing but zeros, more than can be, words of 40,000."""
    folder = tmp_path_factory.mktemp("odd")
    services = Program().create(str(folder / "怪.park"))
    add = services.editing.add
    blank = add("park", {"code": "=P+1", "name": "='[a]b*c?/\\:d'"})
    for name in ("-1", "@SUM(A1)", "'引号"):
        add("building", {"park": blank, "name": name})
    add("parcel", {"park": blank, "code": "+L"})
    park = add("park", {"code": "闰", "name": "同名园", "city_tier": "县城"})
    add("park", {"code": "闰2", "name": "同名园"})
    parcel = add("parcel", {"park": park, "code": "L1", "area_cert": "99999999亩",
                            "start_on": "2000-02-29", "end_on": "2028-02-29"})  # fmt: skip
    add("building", {"park": park, "code": "Z", "name": "零楼", "gfa_actual": "0",
                     "rentable_area": "0", "leased_area": "0", "net_value": "-5000万",
                     "note": "长" * 40_000})  # fmt: skip
    add("building", {"park": park, "code": "H", "name": "巨[/]楼", "rentable_area": "约9999999",
                     "leased_area": "约4000", "net_value": "9999亿", "note": "骞濮"})  # fmt: skip
    add("enterprise", {"name": "堃镕喆赟有限公司"})
    building = services.querying.records("building")[-1]
    add("lease", {"contract_no": "=H", "building": building.key, "tenant": "堃镕喆赟有限公司",
                  "area": "4000", "rent_price": "1e9", "rent_unit": "元/㎡·月",
                  "start_on": "2024-02-29", "end_on": "2028-02-29"})  # fmt: skip
    add("encumbrance", {"parcel": parcel, "kind": "查封", "holder": "=翀珩璟()",
                        "amount": "-99999亿", "status": "有效",
                        "note": "找彧烨澔问一下再说"})  # fmt: skip
    made = {}
    export, portfolio = services.exporting.export, services.reports.portfolio

    def keep(name, write, *about, **more):
        path = folder / f"{name}.xlsx"
        write(str(path), *about, **more)
        made[name] = path

    keep("blank", export, blank, LEAP_DAY, texts())
    keep("odd", export, park, LEAP_DAY, texts("en"))
    keep("redacted", export, park, LEAP_DAY, texts(), redact=True)
    parks = portfolio.parks()
    keep("many", portfolio.export, parks, LEAP_DAY, texts(), redact=True)
    services.close()
    return made


def test_no_rule_is_broken_and_no_error_stands_in_a_cell(written):
    for path in written.values():
        assert complaints(path) == []
        book = CalamineWorkbook.from_path(str(path))
        cells = [
            c for n in book.sheet_names for r in book.get_sheet_by_name(n).to_python() for c in r
        ]
        assert not [
            c for c in cells if isinstance(c, str) and c.startswith(("#DIV", "#VAL", "#REF"))
        ]


def test_nobody_is_named_in_any_part_of_a_redacted_one(written):
    """Firms, holders, and whoever is named in a remark, a short one too."""
    for name in ("redacted", "many"):
        with zipfile.ZipFile(written[name]) as package:
            whole = "".join(package.read(n).decode("utf-8", "replace") for n in package.namelist())
        assert [hidden for hidden in HIDDEN if hidden in whole] == []
        assert "已隐去" in whole


@needs_office
def test_a_recalculation_gives_our_values(written, tmp_path):
    paths = list(written.values())
    for path, fresh in zip(paths, all_recalculated(paths, tmp_path), strict=True):
        assert assert_same_values(path, fresh) > 0
