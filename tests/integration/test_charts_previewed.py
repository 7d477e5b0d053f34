"""Issue 8, 7: what the preview draws of a chart is what the workbook's chart says."""

import zipfile

import pytest
from openpyxl.xml.functions import fromstring

from tests.sample_park import open_sample
from tests.shipped import FixedClock
from workbench.application.project.sampling import AS_OF, ASSESSMENT_NAME
from workbench.domain.report.charting import chart_plan
from workbench.domain.report.model import Chart

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


@pytest.fixture(scope="module", params=["zh_CN", "en"])
def drawn(request, tmp_path_factory):
    """The plans of the sample's charts by title, and the workbook's chart parts by title."""
    from workbench.bootstrap import Program

    folder = tmp_path_factory.mktemp("charts")
    program = Program(clock=FixedClock())
    services = open_sample(program, folder / "示例.park")
    park = services.querying.records("park")[0]
    path = folder / "r.xlsx"
    report = services.exporting.export(
        str(path), park.key, AS_OF, program.texts(request.param),
        assessment=services.assessments.find(ASSESSMENT_NAME),
    ).report  # fmt: skip
    services.close()
    plans = [
        chart_plan(block, next(t for t in sheet.tables if t.name == block.table))
        for sheet in report.sheets
        for block in sheet.blocks
        if isinstance(block, Chart)
    ]
    with zipfile.ZipFile(path) as package:
        parts = [fromstring(package.read(n)) for n in package.namelist() if "/charts/chart" in n]
    return plans, {"".join(t.text for t in p.find(f".//{C}title").iter(f"{A}t")): p for p in parts}


def _value(part, path):
    found = part.find(path)
    return None if found is None else found.get("val")


def test_series_order_axis_legend_and_number_format_are_those_of_the_workbook(drawn):
    plans, parts = drawn
    assert len(plans) > 8
    assert {plan.title for plan in plans} == set(parts)
    assert any("≥" in series.signs for plan in plans for series in plan.series)
    for plan in plans:
        part = parts[plan.title]
        series = part.findall(f".//{C}ser")
        assert [s.findtext(f"{C}tx//{C}v") for s in series] == [s.name for s in plan.series]
        for planned, found in zip(plan.series, series, strict=True):
            names = [p.findtext(f"{C}v") for p in found.findall(f"{C}cat//{C}pt")]
            assert tuple(names) == plan.categories
            points = found.findall(f"{C}val//{C}pt")
            marked = {
                int(p.find(f"{C}idx").get("val")): p.find(f"{C}numFmt").get("formatCode")
                for p in found.findall(f"{C}dLbls/{C}dLbl")
            }
            signs = {at: sign for at, sign in enumerate(planned.signs) if sign}
            assert set(marked) == (set(signs) if plan.is_labelled else set())
            assert all(f'"{signs[at]}"#,##0' in code for at, code in marked.items())
            values = {int(p.get("idx")): float(p.findtext(f"{C}v")) for p in points}
            known = {at: float(v) for at, v in enumerate(planned.values) if v is not None}
            assert values == pytest.approx(known, rel=1e-12)
        axis = part.find(f".//{C}valAx/{C}scaling")
        if axis is not None:
            ends = [_value(axis, f"{C}{end}") for end in ("min", "max")]
            assert [None if e is None else float(e) for e in ends] == [plan.minimum, plan.maximum]
        assert (part.find(f".//{C}legend") is not None) is plan.has_legend
        said = part.find(f".//{C}valAx/{C}title")
        words = "" if said is None else "".join(t.text for t in said.iter(f"{A}t"))
        assert words == plan.axis_title
        if plan.is_labelled:
            code = part.find(f".//{C}dLbls/{C}numFmt").get("formatCode")
            shown = "#,##0" + ("." + "0" * plan.decimals if plan.decimals else "")
            assert shown in code
        if part.find(f".//{C}barChart") is not None:
            assert (_value(part, f".//{C}barDir") == "bar") is plan.is_sideways
            assert (_value(part, f".//{C}grouping") == "stacked") is plan.is_stacked
