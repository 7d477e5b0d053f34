"""Layouts drawn at random from the field catalogue come back with their own values."""

from datetime import date
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.import_rig import IMPORTING, READER
from workbench.application.imports.preview import Outcome
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.fields import FieldType
from workbench.domain.parsing.standing import Standing, standing
from workbench.domain.parsing.text import shown
from workbench.domain.tables.headings.matcher import HeadingMatcher
from workbench.domain.tables.headings.words import take_apart
from workbench.domain.tables.sheets import Merge, RawSheet

MATCHER = HeadingMatcher(CATALOGUE)
AREA_UNITS = {"㎡": 1, "平方米": 1, "公顷": 10000, "万㎡": 10000, "万平方米": 10000}
MONEY_UNITS = {"元": 1, "万元": 10000, "千元": 1000, "亿元": 10**8}
WORDS = st.text("东湖西岭南山北川兴业创新路厂房科技甲乙丙丁", min_size=3, max_size=8)


@cache
def _headings():
    """Every entity's fields with the spellings that mean exactly that field."""
    known = {}
    for entity in CATALOGUE.ledger():
        if entity.key == "context":
            continue
        known[entity.key] = {}
        for field in entity:
            spellings = [field.zh.replace("（填报）", ""), *field.synonyms]
            good = [
                text for text in spellings
                if (found := MATCHER.candidates(entity.key, take_apart((text,))))
                and found[0].field == field.key and found[0].exact and not text.isascii()
                and MATCHER.is_heading(text) and not MATCHER.is_index(take_apart((text,)))
                and not take_apart((text,)).unit and len(text) > 1
                and standing(text) is not Standing.FORECAST  # 预期产值 brings no value
            ]  # fmt: skip
            if good:
                known[entity.key][field.key] = good
    return known


@pytest.fixture(scope="module", autouse=True)
def headings_known():
    """They are found before the first test and not in every process that collects this module."""
    _headings()


@st.composite
def _cell(draw, field, unit):
    """Draw a value and one way to write it: (cell, value)."""
    kind = field.type
    if kind in (FieldType.AREA, FieldType.MONEY):
        units = AREA_UNITS if kind is FieldType.AREA else MONEY_UNITS
        number = draw(st.decimals(1, 99_999, places=2))
        own = draw(st.sampled_from(["", "", *units]))
        scale = units[own or unit or ("㎡" if kind is FieldType.AREA else "元")]
        text = draw(st.sampled_from([f"{number}", f"{number:,}", f" {number} "]))
        cell = text + own if own else draw(st.sampled_from([float(number), text]))
        return cell, number * scale
    if kind is FieldType.NUMBER:
        number = draw(st.decimals(0, 999, places=2))
        return draw(st.sampled_from([float(number), str(number)])), number
    if kind is FieldType.INTEGER:
        number = draw(st.integers(1901, 2099))
        return draw(st.sampled_from([float(number), str(number)])), number
    if kind is FieldType.SHARE:
        number = draw(st.decimals(0, 100, places=1))
        return f"{number}%", number / 100
    if kind is FieldType.DATE:
        day = draw(st.dates(date(1990, 1, 1), date(2090, 12, 31)))
        written = [day, day.isoformat(), f"{day.year}.{day.month}.{day.day}", f"{day:%Y%m%d}",
                   f"{day.year}年{day.month}月{day.day}日"]  # fmt: skip
        return draw(st.sampled_from(written)), day
    if kind is FieldType.BOOL:
        return draw(st.sampled_from([("是", True), ("否", False), ("有", True), ("无", False)]))
    if kind is FieldType.CHOICE:
        choice = draw(st.sampled_from(field.choices))
        return choice.value, choice.value
    if kind is FieldType.CHOICES:
        chosen = draw(st.lists(st.sampled_from(field.choices), min_size=1, max_size=2, unique=True))
        values = tuple(choice.value for choice in chosen)
        return "、".join(values), values
    if kind is FieldType.TEXTS:
        words = tuple(draw(st.lists(WORDS, min_size=1, max_size=3, unique=True)))
        return "、".join(words), words
    if kind is FieldType.CODE:
        code = draw(st.from_regex(r"[A-Z]{2}-[0-9]{4}", fullmatch=True))
        return code, code
    word = draw(WORDS)
    return word, word


@st.composite
def _ledger(draw, lay_out):
    """Draw a sheet and the records in it: (sheet, entity key, list of values by field)."""
    spec = CATALOGUE[draw(st.sampled_from(sorted(_headings())))]
    known = _headings()[spec.key]
    key_field = next(name for name in spec.required_any if name in known)
    others = [name for name in known if name != key_field]
    names = [
        key_field,
        *draw(st.lists(st.sampled_from(others), min_size=3, max_size=9, unique=True)),
    ]
    names = [n for n in names if n not in ("term_text", "rent_unit", "rent_total_period", "unit")]
    columns, used = [], set()
    for name in names:
        text = draw(st.sampled_from(known[name]))
        if take_apart((text,)).core in used:
            continue
        used.add(take_apart((text,)).core)
        unit = ""
        if spec[name].type is FieldType.AREA:
            unit = draw(st.sampled_from(["", *AREA_UNITS]))
        elif spec[name].type is FieldType.MONEY:
            unit = draw(st.sampled_from(["", *MONEY_UNITS]))
        columns.append((name, text + (f"（{unit}）" if unit else ""), unit))
    rows, records = [], []
    for number in range(draw(st.integers(1, 5))):
        cells, values = [number + 1], {}
        for name, _, unit in columns:
            cell, value = draw(_cell(spec[name], unit))
            cells.append(cell)
            values[name] = value
        rows.append(cells)
        records.append(values)
    return lay_out(draw, spec, columns, rows), spec.key, records


def _laid_out(draw, spec, columns, rows):
    """Put title, header, records and the rows around them on a sheet, somewhere."""
    width = len(columns) + 1
    head = ["序号", *(text for _, text, _ in columns)]
    sheet = []
    if draw(st.booleans()):
        sheet.append([f"{spec.zh}台账"])
    if draw(st.booleans()):
        sheet.append([])
    merges = []
    top, left = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    if draw(st.booleans()):
        first = len(sheet) + top
        sheet.append(["序号", "基本信息", *([""] * (width - 2))])
        sheet.append(["", *head[1:]])
        merges = [
            Merge(first, left, first + 1, left),
            Merge(first, left + 1, first, left + width - 1),
        ]
    else:
        sheet.append(head)
    if draw(st.booleans()):
        sheet.append([float(n) for n in range(1, width + 1)])
    for row in rows:
        if draw(st.integers(0, 5)) == 0:
            sheet.append([])
        if draw(st.integers(0, 8)) == 0:
            sheet.append(list(head))
        sheet.append(row)
    if draw(st.booleans()):
        sheet.append(["合计"])
        sheet.append(["注：以上数据由各单位填报。"])
    cells = [[*row, *([""] * (width - len(row)))] for row in sheet]
    return RawSheet(f"{spec.zh}表", cells, top, left, merges=merges)


def _in_columns(draw, spec, columns, rows):
    """Put the headings into the first column, and each record into a column of its own."""
    heads = [text for _, text, _ in columns]
    cells = [[head, *(row[at + 1] for row in rows)] for at, head in enumerate(heads)]
    title = [[f"{spec.zh}台账", *([""] * len(rows))]] if draw(st.booleans()) else []
    return RawSheet(f"{spec.zh}表", [*title, *cells])


def _as_cards(draw, spec, columns, rows):
    """Put each record on a card: heading and value, heading and value, two pairs to a line."""
    pairs = draw(st.integers(1, 3))
    lines = []
    for row in rows:
        if lines or draw(st.booleans()):
            lines.append([f"{spec.zh}卡片"] if draw(st.booleans()) else [""])
        flat = [(text, row[at + 1]) for at, (_, text, _) in enumerate(columns)]
        for start in range(0, len(flat), pairs):
            line = [cell for pair in flat[start : start + pairs] for cell in pair]
            lines.append(line)
    width = max(map(len, lines))
    return RawSheet(f"{spec.zh}表", [[*line, *([""] * (width - len(line)))] for line in lines])


def _side_by_side(draw, spec, columns, rows):
    """Print the same headings twice, and go on to the right where the page is full."""
    head = [text for _, text, _ in columns]
    height = -(-len(rows) // 2)
    gap = [""] * draw(st.integers(0, 1))
    blank = [""] * len(head)
    lines = [[*head, *gap, *head]]
    for at in range(height):
        right = rows[height + at][1:] if height + at < len(rows) else blank
        lines.append([*rows[at][1:], *gap, *right])
    return RawSheet(f"{spec.zh}表", lines)


def _two_in_one(draw, spec, columns, rows):
    """Put two fields under one heading, their cells parted by its mark: 结构/层数 over 钢混/5."""
    mark = draw(st.sampled_from("/、"))
    assume(len(columns) > 2)
    first = draw(st.integers(1, len(columns) - 2))
    units = [unit for _, _, unit in columns[first : first + 2]]
    assume(units[0] or not units[1])  # 原值/净值（万元） is 万元 of both
    texts = [text for _, text, _ in columns]
    head = [*texts[:first], mark.join(texts[first : first + 2]), *texts[first + 2 :]]
    lines = [["序号", *head]]
    for row in rows:
        one, two = (shown(cell).strip() for cell in row[first + 1 : first + 3])
        assume(not any(part in one + two for part in "/、") and one and two)
        lines.append([*row[: first + 1], f"{one}{mark}{two}", *row[first + 3 :]])
    return RawSheet(f"{spec.zh}表", lines)


def _with_notes_between(draw, spec, columns, rows):
    """Print the list in two parts, a note and the heading again between them."""
    head = ["序号", *(text for _, text, _ in columns)]
    blank = [""] * len(head)
    at = draw(st.integers(0, len(rows)))
    between = [["注：以上数据由各单位填报。", *blank[1:]]]
    if draw(st.booleans()):
        between.append(blank)
    between += [[f"{spec.zh}台账（续表）", *blank[1:]], head]
    return RawSheet(f"{spec.zh}表", [head, *rows[:at], *between, *rows[at:]])


def _same(ours, theirs):
    if isinstance(theirs, Decimal):
        return ours is not None and abs(ours - theirs) <= Decimal("0.00001")
    return ours == theirs


def _assert_gives_back(sheet, entity, records):
    """Assert that the tables of a sheet hold its records, all of one kind and each value."""
    READER.sheets = [sheet]
    preview = IMPORTING.preview(["台账"])
    assert {table.entity for table in preview.tables()} == {entity}
    got = [table.values(index) for table in preview.tables() for index in table.kept()]
    assert len(got) == len(records)
    for ours, theirs in zip(got, records, strict=True):
        wrong = {k: (v, ours.get(k)) for k, v in theirs.items() if not _same(ours.get(k), v)}
        assert wrong == {}


@given(st.sampled_from([_in_columns, _as_cards, _side_by_side]).flatmap(_ledger))
def test_cards_columns_and_side_by_side_tables_give_their_own_values_back(drawn):
    sheet, entity, records = drawn
    assume(len(records[0]) >= 3 and len(records) == len({repr(r) for r in records}))
    _assert_gives_back(sheet, entity, records)


@given(_ledger(_two_in_one))
def test_two_fields_under_one_heading_give_their_own_values_back(drawn):
    """Where the cells are not parted the column may be read as one; no other takes its values.

    So it is where the parts would name alike what the cells tell apart: A1/0.00 and A1/0.
    """
    sheet, entity, records = drawn
    READER.sheets = [sheet]
    (table,) = IMPORTING.preview(["台账"]).tables()
    assume(table.entity == entity)
    parted = any(column.part is not None for column in table.table.columns)
    got = [table.values(index) for index in table.kept()]
    assume(len(got) == len(records))
    for ours, theirs in zip(got, records, strict=True):
        whole = {k for k, v in ours.items() if isinstance(v, str) and any(m in v for m in "/、")}
        read = theirs if parted else {k: theirs[k] for k in theirs.keys() & ours.keys() - whole}
        wrong = {k: (v, ours.get(k)) for k, v in read.items() if not _same(ours.get(k), v)}
        assert wrong == {}


@given(_ledger(_with_notes_between))
def test_a_list_that_goes_on_below_a_note_and_its_heading_is_one_list(drawn):
    sheet, entity, records = drawn
    assume(len(records) == len({repr(r) for r in records}))
    _assert_gives_back(sheet, entity, records)


@given(_ledger(_laid_out))
def test_a_random_layout_gives_its_own_values_back(drawn):
    sheet, entity, records = drawn
    READER.sheets = [sheet]
    preview = IMPORTING.preview(["台账"])
    (table,) = preview.tables()
    assert table.entity == entity
    counts = table.counts()
    assert counts["read"] == sum(count for name, count in counts.items() if name != "read")
    kept = [i for i, outcome in enumerate(table.outcomes) if outcome is not Outcome.REJECTED]
    got = [table.values(index) for index in kept]
    repeated = len(records) - len(got)
    assert repeated == sum(r.reason.value == "duplicate_exact" for r in table.rejected)
    if repeated:
        records = [r for i, r in enumerate(records) if r not in records[:i]]
    for ours, theirs in zip(got, records, strict=True):
        wrong = {k: (v, ours.get(k)) for k, v in theirs.items() if not _same(ours.get(k), v)}
        assert wrong == {}
