# SPDX-License-Identifier: MIT
"""Records that a row states beside itself: its mortgage, seizure, valuation, tenant.

Each becomes a record of its own, linked to the row's (domain §3.2, T2 of §8.3).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from workbench.application.imports.choices import TableChoices
from workbench.application.imports.columns import read_columns
from workbench.application.imports.derived import derive
from workbench.application.imports.left_out import LEFT_OUT
from workbench.application.imports.preview import (
    ColumnData,
    Host,
    Outcome,
    TablePreview,
)
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.fields import Entity
from workbench.domain.parsing.parsed import notice, warning
from workbench.domain.parsing.text import plain
from workbench.domain.tables.finder import Column, Table
from workbench.domain.tables.headings.matcher import SURE, HeadingMatcher, Match
from workbench.domain.tables.headings.words import Heading
from workbench.domain.values import Origin, Value

MARK = "+"
"""Begins a chosen field of an attached record: +mortgage:amount."""
_SEVERAL = re.compile(r"[、;；\n]|(?<=公司)[,，/ ]")
_QUEUED, _ADVANCE = "轮候", "预查封"


@dataclass(frozen=True, slots=True)
class Attachment:
    """One kind of record that a row may carry, and how its columns are told.

    ``words`` occur in the headings of its columns; a row carries a record when one of ``needs``
    has a value.
    """

    key: str
    entity: str
    words: re.Pattern[str]
    needs: frozenset[str]
    kind: str = ""

    def fields(self) -> Iterator[str]:
        """Yield the fields that a column may hold."""
        given = {"kind", "parcel", "building", "unit", "park", "rent_unit", "rent_total_period"}
        return (field.key for field in CATALOGUE[self.entity] if field.key not in given)


_MORTGAGE = Attachment(
    "mortgage", "encumbrance", re.compile("抵押|他项|贷款|担保|债权"),
    frozenset({"holder", "amount", "case_no"}), "抵押",
)  # fmt: skip
_SEIZURE = Attachment(
    "seizure", "encumbrance", re.compile("查封|冻结|法院|案号|轮候|申请执行|执行申请"),
    frozenset({"authority", "case_no", "holder", "amount"}), "查封",
)  # fmt: skip
_VALUATION = Attachment(
    "valuation", "valuation", re.compile("评估|估值|市场价值|价值认定"), frozenset({"value"})
)
_LEASE = Attachment(
    "lease", "lease",
    re.compile("承租|租户|租金|租期|合同|起租|租赁|押金|保证金|免租|递增|入[驻住](?:企业|团队|项目|单位|商户)|乙方|租客|客户(?!名称)|"
               "租用方|签约|到期|欠租|单价|物业费|物管费|物业管理费|^(?:开始|结束|起始|终止|截止)[时日]"),
    frozenset({"tenant", "contract_no"}),
)  # fmt: skip
_ROOM_LEASE = replace(_LEASE, words=re.compile(f"{_LEASE.words.pattern}|客户名称"))
"""Of rooms 客户名称 rents them; of houses that a bank holds it owns them."""
_STATE, _NOT_LET = (
    re.compile("状[态况]$"),
    re.compile("自用|空置|闲置|预[租订定]|意向|待租|已?退租"),
)
"""A room of which its own column says so is let to nobody, whoever stands beside it."""
ATTACHMENTS: Mapping[str, tuple[Attachment, ...]] = {
    "parcel": (_MORTGAGE, _SEIZURE, _VALUATION),
    "building": (_MORTGAGE, _SEIZURE, _VALUATION, _LEASE),
    "unit": (_ROOM_LEASE,),
}
"""What the rows of an entity may carry."""
_LIMIT_FLAGS = frozenset({"seizure", "mortgage"})
_SAID_BY_HOST = frozenset({"column_without_heading", "heading_parted"})
"""What is said of the whole table: the columns between those of an attachment are the host's."""
Found = tuple[Attachment, dict[int, Match]]


def choices_for(entity: str) -> Iterator[tuple[str, str, str]]:
    """Yield what a column of an entity's table may be beside its own fields: (key, kind, field)."""
    for attachment in ATTACHMENTS.get(entity, ()):
        for field in attachment.fields():
            yield f"{MARK}{attachment.key}:{field}", attachment.key, field


def entity_of(host: str, key: str) -> str:
    """Return the entity of an attachment of a table's rows."""
    return next(a.entity for a in ATTACHMENTS[host] if a.key == key)


def find_attached(table: Table, choices: TableChoices, matcher: HeadingMatcher) -> list[Found]:
    """Tell which columns hold attached records, and take them from the row's own fields."""
    found: list[Found] = []
    taken: set[int] = set()
    for attachment in ATTACHMENTS.get(table.entity, ()):
        columns = [c for c in table.columns if c.position not in taken]
        matches = _matches(attachment, columns, choices, matcher)
        fields = {match.field for match in matches.values()}
        if fields & attachment.needs:
            taken |= set(matches)
            found.append((attachment, matches))
    for column in table.columns:
        if column.position in taken:
            column.match = None
    return found


def _matches(
    attachment: Attachment, columns: Sequence[Column], choices: TableChoices,
    matcher: HeadingMatcher,
) -> dict[int, Match]:  # fmt: skip
    chosen, open_columns = {}, {}
    prefix = f"{MARK}{attachment.key}:"
    for column in columns:
        said = choices.fields.get(column.address)
        if said is not None:
            if said.startswith(prefix):
                chosen[column.position] = Match(said.removeprefix(prefix), 1.0, True)
        elif attachment.words.search(column.heading.text):
            own = _own_words(attachment, column.heading, matcher)
            says = _under_it(attachment, column) or _says_more(attachment, column, own, matcher)
            if _is_open(column) or says:
                open_columns[column.position] = own
    allowed = set(attachment.fields()) - {match.field for match in chosen.values()}
    best = matcher.assign(attachment.entity, open_columns).columns
    sure = {
        at: match
        for at, match in best.items()
        if match.confidence >= SURE and match.field in allowed
    }
    return {**sure, **chosen}


def _own_words(attachment: Attachment, heading: Heading, matcher: HeadingMatcher) -> Heading:
    """Return what names a column's field: its own words where the parent only names the kind.

    抵押情况_金额 is the amount of a mortgage; 评估价值_净值 is a field's name as a whole.
    """
    whole = replace(heading, core=heading.joined, parent="", above="")
    found = matcher.candidates(attachment.entity, whole) if heading.parent else ()
    if found and found[0].exact:
        return whole
    return Heading(heading.core, heading.core, heading.extra, heading.unit)


def _is_open(column: Column) -> bool:
    """Tell whether a column has no field of its own, or only resembles a yes-or-no limit."""
    match = column.match
    if match is None:
        return not column.numbers_rows
    return match.field in _LIMIT_FLAGS and not match.exact


def _under_it(attachment: Attachment, column: Column) -> bool:
    """Tell whether a heading stands below a burden's: 抵押情况_到期日 is no end of the land."""
    return bool(attachment.kind) and attachment.words.search(column.heading.above) is not None


def _says_more(
    attachment: Attachment, column: Column, own: Heading, matcher: HeadingMatcher
) -> bool:
    """Tell whether 抵押到期日, which resembles 到期日 of the land, is a mortgage's own field."""
    if column.match is None or column.match.exact or not attachment.words.search(own.core):
        return False
    found = matcher.candidates(attachment.entity, own)
    return bool(found) and found[0].exact


def read_attached(host: TablePreview, found: Sequence[Found]) -> Iterator[TablePreview]:
    """Yield one table of attached records per kind; what its columns give to say, the host says.

    A person looks at one table, in which a column of valuations is a column like any other.
    """
    for attachment, matches in found:
        table = _derived(host.table, attachment, matches, range(len(host.table.rows)))
        spec = CATALOGUE[attachment.entity]
        columns, _ = read_columns(table, spec, host.choices.units)
        rows = [
            index
            for index in range(len(table.rows))
            if any(columns[n].values[index] is not None for n in attachment.needs & columns.keys())
            and not (attachment.entity == "lease" and _is_not_let(host.table, index))
        ]
        letters = {column.address for column in table.columns}
        host.problems = [
            (letter, problem)
            for letter, problem in host.problems
            if not (problem.code in LEFT_OUT and letter in letters)
        ]
        made = _attached(host, attachment, matches, rows, spec)
        host.problems += made.problems
        made.problems = []
        yield made


def _is_not_let(table: Table, index: int) -> bool:
    """Tell whether a column of states that means nothing else says that nobody rents a room."""
    row = table.rows[index][1]
    cells = (
        row[column.position]
        for column in table.columns
        if column.match is None and _STATE.search(column.heading.core)
    )
    return any(isinstance(cell, str) and _NOT_LET.match(cell.strip()) for cell in cells)


def _attached(
    host: TablePreview, attachment: Attachment, matches: Mapping[int, Match],
    rows: Sequence[int], spec: Entity,
) -> TablePreview:  # fmt: skip
    table = _derived(host.table, attachment, matches, rows)
    beside = host.columns.values()
    columns, said = read_columns(table, spec, host.choices.units, beside=beside)
    problems = [(at, problem) for at, problem in said if problem.code not in _SAID_BY_HOST]
    derive(table, spec, columns)
    outcomes = [Outcome.NEW] * len(rows)
    made = TablePreview(host.file, table, spec, columns, outcomes, [], problems=problems)
    made.choices = host.choices
    made.host = Host(host, tuple(rows), attachment.key)
    names = [name_of(host, index) for index in rows]
    _constant(made, spec, host.entity, names, names)
    if attachment.kind:
        kinds = [_kind(attachment, table, at) for at in range(len(rows))]
        heading = table.columns[0].heading.text
        _constant(made, spec, "kind", kinds, [heading] * len(rows))
    if attachment.entity == "lease":
        _complete_leases(made, host, rows, spec)
    return made


def _derived(
    table: Table, attachment: Attachment, matches: Mapping[int, Match], rows: Sequence[int]
) -> Table:
    """Return the table as if it listed the attached records of some rows only."""
    columns = [
        replace(column, match=matches[column.position])
        for column in table.columns
        if column.position in matches
    ]
    places = None if table.places is None else [table.places[index] for index in rows]
    return replace(
        table, entity=attachment.entity, columns=columns, rejected=[], total=None, labels={},
        rows=[table.rows[index] for index in rows], places=places,
    )  # fmt: skip


def _constant(
    made: TablePreview, spec: Entity, name: str, values: Sequence[Value | None], raws: Sequence[str]
) -> None:
    """Add a column that the row or the heading states, not a cell of its own."""
    origins = {at: Origin(raw) for at, raw in enumerate(raws)}
    made.columns[name] = ColumnData(spec[name], None, "", list(values), origins)


def _kind(attachment: Attachment, table: Table, at: int) -> str:
    """Return the kind of encumbrance: 查封 unless the row's own words say 轮候 or 预查封."""
    if attachment is not _SEIZURE:
        return attachment.kind
    row = table.rows[at][1]
    words = "".join(str(row[column.position]) for column in table.columns)
    return "轮候查封" if _QUEUED in words else "预查封" if _ADVANCE in words else attachment.kind


def name_of(host: TablePreview, index: int) -> str:
    """Return what a row calls its record."""
    values = host.values(index)
    return str(values.get("name") or values.get("code") or values.get("unit_no") or "")


def _complete_leases(
    made: TablePreview, host: TablePreview, rows: Sequence[int], spec: Entity
) -> None:
    """Give leases the park of their building, its let area, and one tenant each."""
    for name, source in (("park", "park"), ("area", "leased_area"), ("area", "area")):
        data = host.columns.get(source)
        if data is None or name in made.columns:
            continue
        # Of a house of which nothing is let the user is no tenant of 0 ㎡.
        values = [data.values[index] or None for index in rows]
        raws = [host.raw(index, source) for index in rows]
        _constant(made, spec, name, values, raws)
        made.columns[name].origins = {
            at: Origin(raw) for at, raw in enumerate(raws) if values[at] is not None
        }
    if "park" not in made.columns:  # that of the room's house, once it is known
        made.columns["park"] = ColumnData(spec["park"], None, "", [None] * len(rows))
    tenants = made.columns.get("tenant")
    if tenants is None:
        return
    for at, value in enumerate(tenants.values):
        if isinstance(value, str) and len([p for p in _SEVERAL.split(value) if plain(p)]) > 1:
            # One area and one rent for several firms is nobody's lease: say so, invent nothing.
            made.outcomes[at] = Outcome.REJECTED
            problem = warning("several_tenants", text=value)
            host.row_problems.setdefault(rows[at], []).append(("", problem))


def point_at_hosts(made: TablePreview) -> None:
    """Link attached records to the records of their rows; a row that is left out takes them along.

    Called once the host's rows have found or been given their records, and again when a row is
    stored beside the record that it resembles.
    """
    host = made.host
    if host is None:
        return
    data = made.columns[host.table.entity]
    data.targets = [host.table.matched.get(index) for index in host.rows]
    for at, index in enumerate(host.rows):
        if host.table.outcomes[index] is Outcome.REJECTED or data.targets[at] is None:
            made.outcomes[at] = Outcome.REJECTED


def mention(made: TablePreview) -> None:
    """Say at the host's rows that another record comes from them."""
    host = made.host
    if host is None:
        return
    for at, index in enumerate(host.rows):
        if made.outcomes[at] is not Outcome.REJECTED:
            problem = notice("attached", target=made.entity)
            host.table.row_problems.setdefault(index, []).append(("", problem))
