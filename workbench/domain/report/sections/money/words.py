# SPDX-License-Identifier: MIT
"""What the sheets of one scenario share: its words, and which cell stands for which name."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from workbench.domain.facts.missing_names import Words
from workbench.domain.fields import Field
from workbench.domain.figures.scope import Scope
from workbench.domain.finance.measures import NPV
from workbench.domain.finance.model import Model
from workbench.domain.finance.results import Measure, Result
from workbench.domain.finance.terms import LineAt, Place
from workbench.domain.report.model import Column, ColumnKind
from workbench.domain.report.tab_names import LONGEST, cut

if TYPE_CHECKING:
    from workbench.domain.report.sections.money.grounds import Grounds

_ROOM = LONGEST - len("7.100m ")
Months = dict[LineAt, tuple[str, Field]]
"""The cells in which monthly lines stand."""
UNITS = frozenset(
    (
        "万元",
        "元",
        "元/年",
        "元/㎡",
        "元/㎡·月",
        "元/㎡·年",
        "万元/亩",
        "亩",
        "年",
        "月",
        "工作日",
        "倍",
        "亿元",
        "亿㎡",
        "个",
        "家",
        "件",
        "栋",
        "宗",
        "次",
        "期",
        "天",
        "个百分点",
        "公顷",
        "万㎡",
        "人",
        "层",
        "部",
        "吨标煤",
    )
)
"""Units that have a name in every language; others stand as written."""
MONEY = "万元"
"""The unit of money in a scenario's tables."""
DENSE = ("net_", "cumulative_")
"""Lines that have a number in every period: an empty one is 0."""

WORDS = 40
"""The width of the second column, in which the tables of a scenario's sheet have their words."""


@dataclass(frozen=True)
class Say:
    """The texts of the room ``report_money`` in the language of the report."""

    texts: Words

    @property
    def language(self) -> str:
        """Return the language code."""
        return self.texts.language

    def __call__(self, key: str, /, **params: Any) -> str:
        """Return a text with its params filled in."""
        return self.texts(f"report_money.{key}", **params)

    def unit(self, field_: Field) -> str:
        """Return the unit in which a field is shown, in the language of the report."""
        return unit_words(field_.shown_unit, self.texts)


@dataclass(frozen=True)
class Calculated:
    """A scenario as the report shows it: its name, the base's name, findings in sentences.

    ``key`` is that of its record, ``differs`` has the keys of the inputs of a variant that its
    base has otherwise. ``scope`` is what of the ledger it looks at, None for one of no park.
    """

    name: str
    model: Model
    result: Result
    base: str = ""
    sentences: tuple[str, ...] = ()
    reasons: dict[tuple[str, str, bool | None], str] = field(default_factory=dict)
    key: str = ""
    differs: tuple[str, ...] = ()
    scope: Scope | None = None


@dataclass
class Names:
    """Which cell stands for which input and line of one scenario."""

    number: int
    inputs: dict[Place, tuple[str, Field]] = field(default_factory=dict)
    lines: dict[LineAt, tuple[str, Field]] = field(default_factory=dict)
    totals: dict[str, str] = field(default_factory=dict)
    """The cells of the totals over the years, by line."""
    unlisted: frozenset[str] = frozenset()
    """The lines by month, where their months stand on no sheet."""
    grounds: "Grounds | None" = None
    """Finds what inputs were read from; a scenario's own workbook has no annexes."""

    def table(self, kind: str) -> str:
        """Return the name of one of the scenario's tables."""
        return f"money{self.number}_{kind}"


def unit_words(unit: str, texts: Words) -> str:
    """Return a unit in the language of the texts."""
    return texts(f"ledger.unit.{unit}") if unit in UNITS else unit


def year_column(year: int, say: Say) -> Column:
    """Return the column of one year."""
    return Column(f"y{year}", say("col_year", year=year), 9, ColumnKind.NUMBER)


def titled(field_: Field, say: Say) -> str:
    """Return a field's title with the unit in which it is shown."""
    return with_unit(field_.title(say.language), field_, say)


def with_unit(name: str, field_: Field, say: Say) -> str:
    """Return a name with the unit in which a field is shown, in brackets of the language."""
    if not (unit := say.unit(field_)):
        return name
    return f"{name}（{unit}）" if say.language.startswith("zh") else f"{name} ({unit})"


def party_of(result: Result, measure: Measure, language: str) -> str:
    """Return whose net present value it is where others have one of their own, else ""."""
    owners = {each.account for each in result.measures if each.key == measure.key == NPV.key}
    titles = {account.key: account.title(language) for account in result.accounts}
    return titles.get(measure.account, "") if len(owners) > 1 else ""


def short(name: str) -> str:
    """Return as much of a scenario's name as a sheet's name has room for."""
    return cut(name, _ROOM)
