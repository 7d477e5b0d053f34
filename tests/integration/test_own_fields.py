"""Own fields through a real project: values, states, undo, conflicts, and both databases."""

from datetime import date
from decimal import Decimal

import pytest

from workbench.domain.fields import FieldType
from workbench.domain.findings import EditConflictError, RefusedError, UsageError
from workbench.domain.records.own_fields import OwnField
from workbench.domain.values import ValueState

NUMBER = OwnField("building", "柱距", FieldType.NUMBER, "Bay width", "m")


@pytest.fixture
def building(services):
    services.editing.add("park", {"name": "甲园"})
    return services.editing.add("building", {"name": "1号楼", "park": "甲园"})


def declare_every_type(services):
    choices = ("甲 = A", "乙 = B")
    for title, kind in [
        ("文", FieldType.TEXT), ("号", FieldType.CODE), ("数", FieldType.NUMBER),
        ("个数", FieldType.INTEGER), ("绿地", FieldType.AREA), ("投入", FieldType.MONEY),
        ("占比", FieldType.SHARE), ("验收日", FieldType.DATE), ("达标", FieldType.BOOL),
        ("级", FieldType.CHOICE), ("用途类", FieldType.CHOICES), ("关键词", FieldType.TEXTS),
    ]:  # fmt: skip
        listed = choices if kind in (FieldType.CHOICE, FieldType.CHOICES) else ()
        services.own_fields.add(OwnField("building", f"自定{title}", kind, choices=listed))


TYPED = {
    "own_zi_ding_wen": ("=1+1", "=1+1"),
    "own_zi_ding_hao": ("000123456789012345678", "000123456789012345678"),
    "own_zi_ding_shu": ("0.1", Decimal("0.1")),
    "own_zi_ding_ge_shu": ("12", 12),
    "own_zi_ding_lv_di": ("3亩", Decimal(2000)),
    "own_zi_ding_tou_ru": ("1341.0001万", Decimal("13410001")),
    "own_zi_ding_zhan_bi": ("92%", Decimal("0.92")),
    "own_zi_ding_yan_shou_ri": ("2035.6.1", date(2035, 6, 1)),
    "own_zi_ding_da_biao": ("是", True),
    "own_zi_ding_ji": ("甲", "甲"),
    "own_zi_ding_yong_tu_lei": ("甲、乙", ("甲", "乙")),
    "own_zi_ding_guan_jian_ci": ("新材料、装备", ("新材料", "装备")),
}


def test_every_type_is_kept_exactly_and_read_again(services, program, building):
    declare_every_type(services)
    for key, (text, _) in TYPED.items():
        services.editing.edit("building", building, key, text)
    wanted = {key: value for key, (_, value) in TYPED.items()}
    again = program.open(services.project)
    record = again.querying.record("building", building)
    assert {key: record.get(key) for key in TYPED} == wanted
    assert again.querying.ledger().find("building", building).values == record.values
    again.close()


def test_the_four_states_are_told_apart(services, building):
    own = services.own_fields.add(NUMBER)
    states = []
    for text in ("0", "不适用", "约7.5", ""):
        services.editing.edit("building", building, own.code, text)
        record = services.querying.record("building", building)
        states.append((record.get(own.code), record.state(own.code)))
    assert states == [
        (Decimal(0), ValueState.KNOWN),
        (None, ValueState.NOT_APPLICABLE),
        (Decimal("7.5"), ValueState.ESTIMATED),
        (None, ValueState.UNKNOWN),
    ]


def test_values_and_definitions_are_undone_in_turn_and_done_again(services, building):
    own = services.own_fields.add(NUMBER)
    services.editing.edit("building", building, own.code, "7.5")
    services.editing.edit("building", building, own.code, "8")
    history, querying = services.history, services.querying
    history.undo()
    assert querying.record("building", building).get(own.code) == Decimal("7.5")
    history.undo()
    history.undo()
    assert not services.own_fields.all()
    assert own.code not in services.catalogue["building"]
    for _ in range(3):
        history.redo()
    assert querying.ledger().find("building", building).get(own.code) == 8
    assert querying.ledger().catalogue["building"][own.code].title("en") == "Bay width"


def test_a_deleted_record_comes_back_with_its_own_values(services, building):
    own = services.own_fields.add(NUMBER)
    services.editing.edit("building", building, own.code, "约7.5")
    services.editing.delete("building", [building])
    services.history.undo()
    record = services.querying.record("building", building)
    assert (record.get(own.code), record.state(own.code)) == (
        Decimal("7.5"), ValueState.ESTIMATED,
    )  # fmt: skip


def test_an_undo_that_would_overwrite_a_later_own_value_is_refused(services, program, building):
    own = services.own_fields.add(NUMBER)
    services.editing.edit("building", building, own.code, "7.5")
    changes = services.history.undo()
    services.history.redo()
    other = program.open(services.project)
    other.editing.edit("building", building, own.code, "9")
    other.close()
    with pytest.raises(EditConflictError) as refused:
        services.history.do(changes)
    assert (refused.value.params["expected"], refused.value.params["found"]) == (Decimal("7.5"), 9)


def test_a_field_with_values_is_hidden_not_removed_and_its_values_wait(services, building):
    own = services.own_fields.add(NUMBER)
    services.editing.edit("building", building, own.code, "7.5")
    with pytest.raises(RefusedError) as refused:
        services.own_fields.remove("building", own.code)
    assert (refused.value.code, refused.value.params["count"]) == ("own_fields.has_values", 1)
    with pytest.raises(RefusedError):
        services.own_fields.hide("building", own.code, " ")
    services.own_fields.hide("building", own.code, "不再统计")
    assert own.code not in services.catalogue["building"]
    with pytest.raises(UsageError):
        services.editing.edit("building", building, own.code, "8")
    services.own_fields.show("building", own.code)
    assert services.querying.record("building", building).get(own.code) == Decimal("7.5")
    services.editing.edit("building", building, own.code, "")
    services.own_fields.remove("building", own.code)
    assert not services.own_fields.all()


def test_nothing_gives_the_values_that_are_there_another_meaning(services, building):
    own = services.own_fields.add(NUMBER)
    grade = services.own_fields.add(
        OwnField("building", "厂房等级", FieldType.CHOICE, choices=("甲", "乙"))
    )
    services.editing.edit("building", building, own.code, "7.5")
    services.editing.edit("building", building, grade.code, "甲")

    def refused(old, **changes):
        wanted = OwnField(**{name: getattr(old, name) for name in old.__slots__} | changes)
        with pytest.raises(RefusedError) as error:
            services.own_fields.change(old.code, wanted)
        return error.value.code.removeprefix("own_fields.")

    assert refused(own, type=FieldType.TEXT, unit="") == "type_fixed"
    assert refused(own, unit="cm") == "unit_fixed"
    assert refused(grade, choices=("乙", "丙")) == "choice_used"
    assert refused(own, title="厂房等级") == "title_taken"
    renamed = OwnField("building", "柱网", FieldType.NUMBER, unit="m", code=own.code)
    services.own_fields.change(own.code, renamed)
    assert services.catalogue["building"][own.code].zh == "柱网"
    assert services.querying.record("building", building).get(own.code) == Decimal("7.5")


def test_the_log_names_an_own_field_in_both_languages(services, program, building):
    from workbench.application.naming import step_words

    own = services.own_fields.add(NUMBER)
    services.editing.edit("building", building, own.code, "7.5")
    step = services.history.next_undo()
    assert "柱距" in step_words(step.label, step.params, program.texts("zh_CN"))
    assert "Bay width" in step_words(step.label, step.params, program.texts("en"))


def test_a_pasted_block_is_read_with_the_own_fields_of_the_project(services, building):
    from workbench.application.ledger.pasting import read_block

    own = services.own_fields.add(NUMBER)
    text = "楼栋名称\t柱距（cm）\n1号楼\t750"
    block = read_block(text, "building", ("name",), services.catalogue)
    assert block.fields == ("name", own.code)
    assert services.editing.edit_cells(block.edits([building])).changed == 1
    assert services.querying.record("building", building).get(own.code) == Decimal("7.5")
