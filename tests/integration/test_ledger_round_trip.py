"""export-ledger → import is the identity: values, states and references of any record."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.builders import a_building, a_lease, a_ledger, a_parcel, a_park, a_record, a_unit
from workbench.application.ports import Silent
from workbench.application.versions.frozen_work import FrozenRecords
from workbench.bootstrap import Program
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.fields import Entity, Field, FieldType
from workbench.domain.records.ledger import Ledger, Record
from workbench.domain.values import Origin, ValueState
from workbench.excel.writer import WorkbookWriter

NOW = datetime(2026, 6, 30, 8, 0, tzinfo=UTC)
PROGRAM = Program()
ENTITIES = CATALOGUE.ledger()
_ABOUT = ("park", "parcel", "building")
"""What the first, second and third answers of a park are about."""
PROTECTED = ("code", "name", "unit_no", "contract_no")


def value_of(field: Field):
    whole = st.one_of(st.just(0), st.integers(0, 10**7))
    cents = st.one_of(st.just(Decimal(0)), st.integers(0, 10**9).map(lambda n: Decimal(n) / 100))
    kinds = {
        FieldType.AREA: cents,
        FieldType.MONEY: cents,
        FieldType.NUMBER: st.integers(0, 10**6).map(lambda n: Decimal(n) / 100),
        FieldType.INTEGER: whole,
        FieldType.SHARE: st.integers(0, 10_000).map(lambda n: Decimal(n) / 10_000),
        FieldType.DATE: st.dates(date(1980, 1, 1), date(2099, 12, 31)),
        FieldType.BOOL: st.booleans(),
        FieldType.TEXT: st.sampled_from(
            [
                "=1+1",
                "-5",
                "007",
                "一期（东）",
                "a b",
                "+86",
                "@x",
                "第一行\n第二行",
                '说"好"',
                "'007",
                "=cmd|' /C calc'!A0",
                "合计以内",
                "50%",
                "2026-06-30",
                "甲" * 900,
            ]
        ),
        FieldType.CODE: st.sampled_from(
            [
                "007",
                "1E5",
                "A-1",
                "000123456789012345678901234567",
                "9" * 120,
                "-12",
                "+7",
                "@a",
                "2026.6",
                "1,234",
                "（2024）皖执1号",
            ]
        ),
        FieldType.TEXTS: st.sampled_from([("新材料",), ("新材料", "装备制造")]),
    }
    if field.type is FieldType.CHOICE:
        return st.sampled_from([choice.value for choice in field.choices])
    if field.type is FieldType.CHOICES:
        return st.sampled_from([(choice.value,) for choice in field.choices])
    return kinds[field.type]


@st.composite
def a_record_of(draw, entity: Entity, number: int, known: dict[str, list[str]]):
    values, origins = {}, {}
    for field in entity:
        if field.type is FieldType.REF:
            if entity.blanks_tell and field.key not in ("park", _ABOUT[number - 1]):
                continue
            if known.get(field.target):
                values[field.key] = known[field.target][0]
            continue
        if field.key in PROTECTED:
            values[field.key] = f"{entity.zh}{number}号"
            continue
        if field.key in ("credit_code", "year") or any(field.key in i for i in entity.identity):
            if field.type is FieldType.DATE:
                values[field.key] = date(2001 + number, 1, 1)
            elif field.type is FieldType.INTEGER:
                values[field.key] = 2001 + number
            elif field.type is FieldType.CHOICE:
                values[field.key] = field.choices[number].value
            continue
        if field.key in entity.required_any:
            values[field.key] = draw(value_of(field))
            continue
        if any(choice.value == "不适用" for choice in field.choices):
            continue
        state = draw(st.sampled_from(["known", "unknown", "unknown", "not_applicable", "约"]))
        if state == "not_applicable":
            origins[field.key] = Origin("不适用", state=ValueState.NOT_APPLICABLE)
        elif state != "unknown":
            values[field.key] = draw(value_of(field))
            if state == "约" and (field.numeric or field.type is FieldType.DATE):
                origins[field.key] = Origin(state=ValueState.ESTIMATED, qualifier="约")
    return Record(entity.key, f"{entity.key}-{number}", values, origins, position=number)


@st.composite
def ledgers(draw):
    records, known = [], {}
    order = sorted(ENTITIES, key=lambda e: len(list(e.references())))
    for entity in order:
        most = 3 if entity.blanks_tell else 2
        count = 1 if entity.key == "park" else draw(st.integers(1, most))
        made = [draw(a_record_of(entity, n, known)) for n in range(1, count + 1)]
        known[entity.key] = [record.key for record in made]
        records += made
    return Ledger.of(records)


def told(ledger: Ledger):
    """Everything a ledger says, references by the name of what they point at."""
    rows = {}
    for entity in ENTITIES:
        rows[entity.key] = sorted(
            repr(
                [
                    (f.key, record.state(f.key).value, _plain(record, f, ledger))
                    for f in entity
                    if record.state(f.key) is not ValueState.UNKNOWN
                ]
            )
            for record in ledger.all(entity.key)
        )
    return rows


def _plain(record: Record, field: Field, ledger: Ledger):
    value = record.get(field.key)
    if field.type is FieldType.REF and (target := ledger.find(field.target, value)):
        return target.label
    return value.normalize() if isinstance(value, Decimal) else value


@settings(
    max_examples=max(8, settings.default.max_examples // 30),
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(ledgers())
def test_a_ledger_written_and_read_into_an_empty_project_says_the_same(ledger):
    _back_and_forth(ledger)


def test_records_without_a_natural_key_are_recognised_by_all_they_say():
    """A lead without a due date and a room without a building have nothing else."""
    firm = a_record("enterprise", "e", name="甲公司")
    lead = a_record("demand", enterprise=firm, need_kind="标准厂房", need_area=3000)
    _back_and_forth(a_ledger(a_park(), firm, lead, a_unit(unit_no="101", area=50)))


def test_a_park_of_which_only_the_name_is_known_is_a_record_not_a_label():
    _back_and_forth(
        a_ledger(a_record("park", name="青河工业园"), a_record("park", name="东区产业园"))
    )


def test_an_asset_of_no_known_park_stays_so_below_those_that_have_one():
    park = a_park()
    _back_and_forth(
        a_ledger(
            park,
            a_building(code="L-1", name="一号楼", park=park),
            a_record("building", code="L-2", name="二号楼"),
            a_record("building", name="三号楼"),
            a_parcel(code="D-1", name="地块", park=park),
            a_record("parcel", code="D-2", name="另一块"),
        )
    )


def test_a_vague_day_and_the_longest_text_of_a_cell_come_back():
    """底2016-12-31 was no date to a new project; an emoji is two of Excel's 32,767 characters."""
    houses = [
        replace(
            a_building(
                f"b{n}", code=f"L-{n}", built_on=date(2016, 12, 31), note="长" * 32_765 + "🏭"
            ),
            origins={"built_on": Origin(raw, state=ValueState.ESTIMATED, qualifier="底")},
        )
        for n, raw in enumerate(["2016年底", "前年底"])
    ]
    _back_and_forth(a_ledger(a_park(), *houses))


def test_a_share_below_two_percent_comes_back_as_a_share_and_a_rented_room_as_a_room():
    park = a_park()
    parcel = a_parcel(code="D-1", name="地块", plan_green_max=Decimal("0.015"))
    house = a_building(code="L-1", name="一号楼", parcel=parcel)
    room = a_unit("u", building=house, unit_no="101", area=50)
    firm = a_record("enterprise", "e", name="甲公司")
    lease = a_lease(park=park, building=house, unit=room, tenant=firm, contract_no="HT-1")
    _back_and_forth(a_ledger(park, parcel, house, room, firm, lease))


def _back_and_forth(ledger: Ledger) -> None:
    with TemporaryDirectory() as folder:
        book = str(Path(folder) / "台账.xlsx")
        records = FrozenRecords(ledger.records)
        WorkbookWriter().write_ledger(records, CATALOGUE, book, PROGRAM.texts(), NOW, Silent())
        services = PROGRAM.create(str(Path(folder) / "空.park"))
        try:
            services.importing.commit(services.importing.preview([book]))
            assert told(services.querying.ledger()) == told(ledger)
            again = services.importing.preview([book])
            counts = [table.counts() for table in again.tables()]
            assert all(count["read"] == count["same"] for count in counts), counts
        finally:
            services.close()


def test_the_workbook_of_an_empty_project_has_headings_and_comes_back_empty():
    _back_and_forth(a_ledger())
