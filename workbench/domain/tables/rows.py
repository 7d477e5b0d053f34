# SPDX-License-Identifier: MIT
"""Tells the rows below a header apart: records, totals, labels, footnotes, repeated headers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from workbench.domain.parsing.text import is_blank
from workbench.domain.parsing.traditional import simplified
from workbench.domain.tables.context import park_in


class Reason(StrEnum):
    """Why a row is not a record."""

    SUBTOTAL = "subtotal"
    TOTAL = "total"
    DUPLICATE = "duplicate_exact"
    REPEATED_HEADER = "repeated_header"
    FOOTNOTE = "footnote"
    BLANK_KEY = "blank_key"
    GROUP_LABEL = "group_label"
    UNREADABLE = "unreadable"


_SUSPECT = re.compile(
    "合计|小计|总计|累计|共计|汇总|其中|平均|均值|注|说明|填表|制表|审核|负责人|填报|经办|复核|示例|样例|"
    "续表|备注|单位|^例|total|Total|TOTAL|[:：]|^[过承转接]|"
    "[合小總累共]計|彙總|單位|備註|註|[填製]表|審核|負責人|說明"
)
_SUSPECT_BEGINS = frozenset(
    "合小总累共汇其平均注说填制审负经复示样续备单例tT:：过承转接總註製審備單負說彙"
)
"""How a tell-tale word may begin: most words have none of these, which is quicker to see."""
_TOTAL = re.compile(
    r"^(?:总计|合计|总合计|共计|累计|总和|汇总|全部合计|计|grandtotal|total)(?:数|额)?[:：]?$", re.I
)
_SUBTOTAL = re.compile(
    r"^.{0,30}?(?:小计|合计|总计|累计|共计|平均|平均值|均值|subtotal)(?:数|额)?[:：]?$", re.I
)
_COUNTED = re.compile(r"^.{0,20}?(?:小计|合计|总计|共计)[(（:：]?共?\d+.{0,4}[)）]?$")
_CARRIED = re.compile(
    r"^(?:过次页|转次页|转下页|承前页|承上页|接上页|接前页|上页结转|结转下页)[:：]?$"
)
"""What a printed page carries over to the next."""
_ALL_COUNTED = re.compile(r"^(?:合计|总计|共计)[(（:：]?共?\d+.{0,4}[)）]?$")
_OF_WHICH = re.compile(r"^其中")
_FOOTNOTE = re.compile(
    r"^(?:注|备注|说明|填表说明|填报说明|编制说明|附注|※|\*+|[(（]?注\d*[)）]?|note)s?\d*\s*[:：.、\s]",
    re.I,
)
_SIGNATURE = re.compile(
    r"(?:填表人|制表人?|审核人?|复核人?|负责人|填报人|经办人|编制人|批准人|主管|填报日期|填表日期|制表日期|"
    r"联系电话|联系人|单位负责人|单位盖章|盖章|签字|签章)\s*(?:[(（][^)）]*[)）])?\s*[:：]"
)
UNIT_LINE = re.compile(r"^[(（]?(?:金额|面积|计量|货币)?单位\s*[:：]")
_EXAMPLE = re.compile(r"^[(（]?(?:示例|样例|例如|例)[)）]?(?:[:：].*)?$")
_CONTINUED = re.compile(r"^[(（]?(?:续表|接上页|转下页|第\d+页|共\d+页).{0,12}$")
_PAGE = re.compile(
    r"[(（]?(?:续表?\d*|第[\d一二三四五六七八九十]+页|共[\d一二三四五六七八九十]+页|[,，、/])+[)）]?"
)
"""What tells a printed page from the first one."""
_ORDINAL = re.compile(
    r"^(?:[(（]?[一二三四五六七八九十]{1,3}[)）]?[、.．\s]|[(（][一二三四五六七八九十\d]{1,3}[)）]|第[一二三四五六七八九十]+[部类章]|"
    r"[IVXⅠ-Ⅻ]+[、.．])"
)
_GROUP_NUMBER = re.compile(r"^[(（]?[一二三四五六七八九十]{1,3}[)）]?[、.．]?$")
_NAMES_VALUE = re.compile(r"^[\u4e00-\u9fff]{2,10}[:：]$")
_STATES = re.compile(r"^[\u4e00-\u9fff]{2,10}\s*[:：]\s*\S")
"""权属单位：云湖开发公司, alone in a row: it speaks of the rows below."""
_LONG_LINE = 24
_TELLING, _LONG = 3, 60


@dataclass(frozen=True, slots=True)
class RowShape:
    """Where things stand in a table's rows, by position in the row list."""

    columns: tuple[int, ...]
    headings: dict[int, str]
    key_columns: frozenset[int]
    text_columns: frozenset[int]
    index_columns: frozenset[int]
    wide_rows: frozenset[int]
    """Row numbers whose first cell is merged over several columns."""
    titles: frozenset[str] = frozenset()
    """The lines above the table, without spaces: printed again they are no records."""
    lists_parks: bool = False
    """Whether the records are parks, so that a park's name alone is a record, not a label."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a row that is no record is, and the text that shows it."""

    reason: Reason
    text: str
    park: str = ""


def without_page(text: str) -> str:
    """Return a line without spaces and without the page that it stands on: 厂房清单（续表）."""
    return _PAGE.sub("", "".join(text.split()))


def _words(cells: Sequence[object], most: int | None = None) -> list[str]:
    """Return the texts of some cells that are not blank, the first ``most`` of them."""
    words = (c for c in cells if type(c) is str and c and not c.isspace())
    return list(words if most is None else islice(words, most))


class RowReader:
    """Classifies the rows of one table from top to bottom."""

    def __init__(self, shape: RowShape) -> None:
        self._shape = shape
        self._breaking_down = self._broken_down_once = False
        self._half = max(len(shape.columns) // 2, 3)

    def judge(self, number: int, row: Sequence[object], cells: Sequence[object]) -> Verdict | None:
        """Return why a row is no record, or None for a record or for a blank row.

        ``cells`` are those of the table, which may be a part of the sheet's row.
        """
        filled = len(cells) - cells.count("") - cells.count(None)
        dense = filled > self._half
        # Of a row that is mostly filled, and a ledger has hardly others, three words tell enough.
        words = _words(cells, _TELLING) if dense else _words(cells)
        if not words:
            self._breaking_down = False
            return None
        if group := self._numbered_group(row, words):
            return group
        broken_down = words[0][:1].isspace() and (self._breaking_down or self._adds_up_again(row))
        if dense and not (broken_down or self._suspicious(words)):
            self._breaking_down = False
            return self._repeated(row, words)
        words = _words(cells)
        first = "".join(words[0].split())
        return (
            self._repeated(row, words)
            or self._total(row, words)
            or self._breakdown(row, words[0], first, filled)
            or self._prose(number, row, words, first, filled)
        )

    def _numbered_group(self, row: Sequence[object], words: list[str]) -> Verdict | None:
        """Recognise a group row by 一 or （二） in 序号; it may carry the group's own sums."""
        for column in self._shape.index_columns:
            cell = row[column]
            if type(cell) is str and _GROUP_NUMBER.match("".join(cell.split())):
                text = next((word.strip() for word in words if word is not cell), cell)
                return Verdict(Reason.GROUP_LABEL, text, park_in(text))
        return None

    @staticmethod
    def _suspicious(words: list[str]) -> bool:
        """Look for tell-tale words in the first texts of a row."""
        return any(
            _SUSPECT.search("".join(word.split()))
            for word in words[:_TELLING]
            if len(word) < _LONG and not _SUSPECT_BEGINS.isdisjoint(word)
        )

    def _repeated(self, row: Sequence[object], words: list[str]) -> Verdict | None:
        headings = self._shape.headings
        same = other = 0
        for column, heading in headings.items():
            cell = row[column]
            if cell == "" or cell is None:
                continue
            if type(cell) is str and heading[:1] in cell and "".join(cell.split()) == heading:
                same += 1
            else:
                other += 1
                if other > 2:
                    return None
        if same >= 2 and same > other:
            return Verdict(Reason.REPEATED_HEADER, words[0].strip())
        return None

    def _total(self, row: Sequence[object], words: list[str]) -> Verdict | None:
        """Recognise 合计 and 小计 by their label, in a row that names nothing else."""
        for word in words[:3]:
            label = simplified("".join(word.split()))
            if _TOTAL.match(label) or _ALL_COUNTED.match(label):
                found = Verdict(Reason.TOTAL, word.strip())
            elif _SUBTOTAL.match(label) or _COUNTED.match(label) or _CARRIED.match(label):
                found = Verdict(Reason.SUBTOTAL, word.strip())
            else:
                continue
            if self._names(row, word) <= 1:
                self._breaking_down = False
                return found
        return None

    def _names(self, row: Sequence[object], label: str) -> int:
        """Count the texts beside a label that say something."""
        texts = (row[column] for column in self._shape.text_columns)
        return sum(
            1 for cell in texts if type(cell) is str and cell != label and not is_blank(cell)
        )

    def _breakdown(
        self, row: Sequence[object], raw: str, first: str, filled: int
    ) -> Verdict | None:
        """Recognise 其中：… rows and the indented rows that follow them."""
        names = self._names(row, raw)
        if _OF_WHICH.match(first) and names <= 1:
            self._breaking_down = self._broken_down_once = True
            return Verdict(Reason.SUBTOTAL, raw)
        sparse = names == 0 and filled <= max(3, len(self._shape.columns) // 3)
        indented = raw[:1].isspace() and names == 0
        if indented and self._adds_up_again(row):
            return Verdict(Reason.SUBTOTAL, raw)
        if self._breaking_down and (indented or (sparse and not self._indexed(row))):
            return Verdict(Reason.SUBTOTAL, raw)
        self._breaking_down = False
        return None

    def _adds_up_again(self, row: Sequence[object]) -> bool:
        """Tell whether a row may be one more part of a sum broken down above: it has no 序号."""
        counted = self._broken_down_once and bool(self._shape.index_columns)
        return counted and not self._indexed(row)

    def _indexed(self, row: Sequence[object]) -> bool:
        return any(row[column] not in ("", None) for column in self._shape.index_columns)

    def _prose(
        self, number: int, row: Sequence[object], words: list[str], first: str, filled: int
    ) -> Verdict | None:
        """Recognise footnotes, signatures, examples and group labels."""
        raw = words[0].strip()
        if filled == 1 and (
            first in self._shape.titles or without_page(first) in self._shape.titles
        ):
            return Verdict(Reason.REPEATED_HEADER, raw)
        said, first = simplified(raw), simplified(first)
        if (_FOOTNOTE.match(said) or UNIT_LINE.match(said)) and filled <= 2:
            return Verdict(Reason.FOOTNOTE, raw)
        written = (simplified("".join(word.split())) for word in words)
        if filled <= 6 and any(map(_SIGNATURE.search, written)):
            return Verdict(Reason.FOOTNOTE, raw)
        if _EXAMPLE.match(first) or (_CONTINUED.match(first) and filled <= 2):
            return Verdict(Reason.FOOTNOTE, raw)
        if len(words) == filled == 2 and _NAMES_VALUE.match(first):
            return Verdict(Reason.GROUP_LABEL, raw + words[1].strip())
        if filled > 1 + (words[0] is not words[-1] and number in self._shape.wide_rows):
            return None
        return self._alone(number, row, raw, first)

    def _alone(self, number: int, row: Sequence[object], raw: str, first: str) -> Verdict | None:
        """Judge a row with one text: a label of the group below, a remark, or a bare name."""
        position = next(i for i, cell in enumerate(row) if type(cell) is str and cell.strip())
        wide = number in self._shape.wide_rows
        if len(self._shape.columns) < 3 and not wide:
            return None
        if len(first) > _LONG_LINE and re.search(r"[。；;，,]", first):
            return Verdict(Reason.FOOTNOTE, raw)
        in_key = position in self._shape.key_columns
        park = "" if in_key and self._shape.lists_parks else park_in(raw)
        if in_key and not (wide or _ORDINAL.match(raw) or park or _STATES.match(raw)):
            return None
        return Verdict(Reason.GROUP_LABEL, raw, park)
