# SPDX-License-Identifier: MIT
"""Takes the names of firms and people out of a report: every text in it, never a number.

The codes are given in the order of the ledger, so one edition always gets the same ones; which
code stands for whom is written nowhere.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import starmap

from workbench.domain.checks.similar_names import core_name
from workbench.domain.facts.missing_names import Words
from workbench.domain.records.ledger import Ledger, Record
from workbench.domain.report.model import (
    Block,
    Cell,
    Chart,
    Cover,
    Heading,
    NotAssessed,
    Paragraph,
    Report,
    Sheet,
    Signature,
    Table,
)

FIRM_FIELDS = frozenset(
    {"tenant", "right_holder", "occupier", "holder", "operator", "operator_name", "agency"}
)
PERSON_FIELDS = frozenset(
    {"responsible", "owner", "submitted_by", "reviewer", "author", "finalized_by"}
)
CODE_FIELDS = frozenset({"credit_code"})
_FREE_FIELDS = (
    "name", "location", "note", "intro", "reason", "review_note", "text", "release_condition",
    "lost_reason", "serves", "unit_no", "code", "assets",
)  # fmt: skip
REMARKS = frozenset({"note", "review_note"})
"""Where people write whatever they like: no list of names tells whom such words name."""
_LONG_REMARK = 8
"""A shorter remark may be a word of the report's own; it is withheld in its column alone."""
_REGION_FIELDS = ("province", "city", "county")
_REGION_SUFFIXES = ("省", "市", "区", "县")
_TRADES = (
    "科技", "技术", "电子", "机械", "机电", "物流", "食品", "实业", "投资", "建设", "建筑", "集团",
    "股份", "制造", "新能源", "能源", "新材料", "材料", "软件", "网络", "信息", "智能", "精密",
    "装备", "设备", "工业", "商贸", "贸易", "工程", "生物", "医药", "医疗", "汽车", "零部件",
    "发展", "控股", "开发", "置业", "管理", "服务", "环保", "化工", "纺织", "服装", "家具", "包装",
    "印刷", "光电", "半导体", "数控", "模具", "塑料", "五金", "文化", "传媒", "供应链", "产业",
    "运营", "资产", "银行", "支行",
)  # fmt: skip
"""Words of firms' names that say a trade and belong to nobody."""
_SHORT_LATIN = 3
_SHORTEST_CORE = 3


@dataclass(frozen=True)
class Codes:
    """What stands for each name; a name of one letter or of digits is replaced as a whole only."""

    by_name: Mapping[str, str]
    _pattern: re.Pattern[str] | None = field(init=False, repr=False, compare=False, default=None)

    def __post_init__(self) -> None:
        inside = [re.escape(name) for name in self._longest_first() if _is_telling(name)]
        pattern = re.compile("|".join(inside)) if inside else None
        object.__setattr__(self, "_pattern", pattern)

    def __call__(self, text: str) -> str:
        """Return a text without the names."""
        if (code := self.by_name.get(text.strip())) is not None:
            return code
        if self._pattern is None:
            return text
        return self._pattern.sub(lambda found: self.by_name[found[0]], text)

    def _longest_first(self) -> list[str]:
        return sorted(self.by_name, key=lambda name: (-len(name), name))


def codes_of(
    ledgers: Sequence[Ledger], own: Iterable[Record], words: Words, kept: Collection[str]
) -> Codes:
    """Return the codes for the firms and people that ledgers and the program's own records name.

    ``kept`` are the names of parks, which stay even where they are also right holders.
    """
    found: dict[str, dict[str, None]] = {"firm": {}, "person": {}, "code": {}}
    records = [(record, ledger) for ledger in ledgers for record in ledger]
    records += [(record, ledgers[-1]) for record in own]
    for record, ledger in records:
        for kind, name in _names(record, ledger):
            if name and name not in kept:
                found[kind].setdefault(name)
    by_name: dict[str, str] = {}
    for kind, names in found.items():
        for number, name in enumerate(names, start=1):
            code = words(f"report_redact.{kind}", number=f"{number:03d}")
            by_name.setdefault(name, code)
            # People leave the legal form away: 原锦程科技用地 names 锦程科技有限公司.
            short = core_name(name) if kind == "firm" else name
            if len(short) >= _SHORTEST_CORE and short not in kept:
                by_name.setdefault(short, code)
    codes = Codes(by_name)
    firms = {name: by_name[name] for name in found["firm"]}
    brands = _brands(firms, (park for ledger in ledgers for park in ledger.all("park")), kept)
    withheld = words("report_redact.withheld")
    for text in _long_remarks(record for record, _ in records):
        by_name.setdefault(text, withheld)
    for text in _free_texts((record for record, _ in records), kept):
        if brands(text) != text:
            by_name.setdefault(text, brands(codes(text)))
    return Codes(by_name)


def _brands(firms: Mapping[str, str], parks: Iterable[Record], kept: Collection[str]) -> Codes:
    """Return the codes for what is peculiar to each firm's name.

    锦程1号厂房 tells of 襄阳锦程科技有限公司 although it holds no more than two characters of it.
    """
    regions = {
        word.removesuffix(suffix)
        for park in parks
        for key in _REGION_FIELDS
        if (word := park.text(key))
        for suffix in ("", *_REGION_SUFFIXES)
    }
    brands: dict[str, str] = {}
    for name, code in firms.items():
        brand = brand_of(name, regions)
        if len(brand) > 1 and not any(brand in each for each in kept):
            brands.setdefault(brand, code)
    return Codes(brands)


def _free_texts(records: Iterable[Record], kept: Collection[str]) -> Iterator[str]:
    """Yield what people wrote in their own words: names, places, notes and reasons."""
    for record in records:
        for key in _FREE_FIELDS:
            if (text := (record.text(key) or "").strip()) and text not in kept:
                yield text


def _long_remarks(records: Iterable[Record]) -> Iterator[str]:
    for record in records:
        for key in REMARKS:
            if len(text := (record.text(key) or "").strip()) >= _LONG_REMARK:
                yield text


def brand_of(name: str, regions: Collection[str]) -> str:
    """Return what is peculiar to a firm's name: without region, trade and legal form."""
    brand = re.sub(r"^\W+", "", core_name(name))
    while region := next((r for r in regions if len(r) > 1 and brand.startswith(r)), ""):
        brand = brand.removeprefix(region).removeprefix("省").removeprefix("市")
    while trade := next((t for t in _TRADES if brand.endswith(t) and len(brand) > len(t) + 1), ""):
        brand = brand.removesuffix(trade)
    return brand


def _names(record: Record, ledger: Ledger) -> Iterator[tuple[str, str]]:
    if record.entity == "enterprise":
        yield "firm", (record.text("name") or "").strip()
    for key in record.values:
        text = (record.text(key) or "").strip()
        if key in CODE_FIELDS:
            yield "code", text
        elif key in PERSON_FIELDS:
            yield "person", text
        elif key in FIRM_FIELDS and ledger.find("enterprise", text) is None:
            yield "firm", text


def _is_telling(name: str) -> bool:
    """Tell whether a name may be looked for inside sentences without spoiling them."""
    return not name.isdigit() and len(name) > (_SHORT_LATIN if name.isascii() else 1)


def redacted(report: Report, codes: Codes, words: Words) -> Report:
    """Return a report in which codes stand for the names, and which says so on its cover."""
    withheld = words("report_redact.withheld")
    return replace(
        report,
        title=codes(report.title),
        cover=_cover(report.cover, codes, words("report_redact.notice")),
        sheets=tuple(_sheet(sheet, codes, withheld) for sheet in report.sheets),
        open_items=tuple(map(codes, report.open_items)),
    )


def _cover(cover: Cover, codes: Codes, notice: str) -> Cover:
    facts = tuple((label, _cell(cell, codes)) for label, cell in cover.facts)
    return replace(cover, title=codes(cover.title), facts=facts, notice=f"{cover.notice}\n{notice}")


def _sheet(sheet: Sheet, codes: Codes, withheld: str) -> Sheet:
    blocks = tuple(_block(block, codes, withheld) for block in sheet.blocks)
    return replace(sheet, name=codes(sheet.name), title=codes(sheet.title), blocks=blocks)


def _block(block: Block, codes: Codes, withheld: str) -> Block:
    match block:
        case Heading() | Paragraph() | NotAssessed():
            return replace(block, text=codes(block.text))
        case Table():
            return _table(block, codes, withheld)
        case Chart():
            return replace(block, title=codes(block.title))
        case Signature():
            return replace(block, roles=tuple(map(codes, block.roles)))
        case _:
            return block


def _table(table: Table, codes: Codes, withheld: str) -> Table:
    remarks = {at for at, column in enumerate(table.columns) if table.records
               and column.key in REMARKS}  # fmt: skip

    def cell(at: int, cell: Cell) -> Cell:
        hidden = at in remarks and isinstance(cell.value, str) and cell.value
        return replace(cell, value=withheld) if hidden else _cell(cell, codes)

    return replace(
        table,
        title=codes(table.title),
        columns=tuple(replace(c, title=codes(c.title)) for c in table.columns),
        rows=tuple(tuple(starmap(cell, enumerate(row))) for row in table.rows),
        source_line=codes(table.source_line),
        notes=tuple(map(codes, table.notes)),
    )


def _cell(cell: Cell, codes: Codes) -> Cell:
    if not isinstance(cell.value, str) or not cell.value:
        return cell
    return replace(cell, value=codes(cell.value))
