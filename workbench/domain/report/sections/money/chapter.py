# SPDX-License-Identifier: MIT
"""Sheet 7: finance (财务测算): taxes, answers of each scenario, and the parameter set used."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from workbench.domain.catalogue.declare import share
from workbench.domain.display import shown, shown_number
from workbench.domain.finance.measures import NPV
from workbench.domain.finance.results import Measure
from workbench.domain.parameters import PolicyParam
from workbench.domain.pinyin import place_name
from workbench.domain.report.model import (
    NOT_APPLICABLE,
    UNKNOWN,
    Block,
    Cell,
    CellState,
    Column,
    ColumnKind,
    NotAssessed,
    Paragraph,
    Row,
    Sheet,
    Table,
    Tone,
)
from workbench.domain.report.sections.cells import exact, optional, words
from workbench.domain.report.sections.links import PARAMETERS
from workbench.domain.report.sections.material import Material
from workbench.domain.report.sections.money.answers import (
    answer_rows,
    reason_of,
    value_title,
    without_value,
)
from workbench.domain.report.sections.money.assumptions import assumed
from workbench.domain.report.sections.money.capital import capital_sources, three_sources
from workbench.domain.report.sections.money.cash_flows import cash_flows
from workbench.domain.report.sections.money.cumulative import cumulative_cash
from workbench.domain.report.sections.money.debt import debt_ratios
from workbench.domain.report.sections.money.links import Linked, number_of
from workbench.domain.report.sections.money.parameters import parameter_notes, shown_brackets
from workbench.domain.report.sections.money.watch import banner_of_all
from workbench.domain.report.sections.money.words import (
    Calculated,
    Names,
    Say,
    party_of,
    unit_words,
)
from workbench.domain.report.sections.scope_texts import background_note

MODELS = ("7-1", "7-2", "7-3", "7-4")
_ONE_LINE = 16
"""More letters of a name than stand in one line of the taxes."""
_IN_SUMMARY = 6
_BRACKETS = "lat_brackets"
"""The parameter of a tax that rises in brackets."""
_RATE = share("rate", "税率", "Rate")
_ALIKE = 4
"""So many answers of which none is known stand in one row."""
_MANY = 30
"""Answers from which on they fill more than a page, and stand on a sheet of their own."""
_TABLES = {"transfer": "7-1", "three_source": "7-3", "debt": "7-4"}
"""In which table a model's answers stand; all others in that of the cash flows."""


def finance_sheet(m: Material) -> Sheet:
    """Return sheet 7: what the scenarios answer; each has a sheet of its own with live lines."""
    t = m.say
    title = t("sheet.finance")
    as_of = m.scope.as_of
    unverified = len(m.content.parameters.unverified())
    note = t(
        "parameters_note", id=m.content.parameters.id, as_of=as_of.isoformat(),
        unverified=unverified,
    )  # fmt: skip
    used: list[Block] = [parameters_table(m)] if m.rests_on_content else []
    blocks: list[Block] = [*background_note(m), *([Paragraph(note)] if used else [])]
    by_table = {
        number: [each for each in m.scenarios if _number_of(each) == number] for number in MODELS
    }
    if m.scenarios:
        blocks.append(banner_of_all(range(1, len(m.scenarios) + 1), Say(m.words)))
    for number, found in by_table.items():
        blocks += _answered(m, number, found) if found else [_not_assessed(m, number)]
    return Sheet("finance", title, title, (*blocks, *used))


def _number_of(found: Calculated) -> str:
    """Return the table in which a scenario's answers stand."""
    return _TABLES.get(found.model.key, "7-2")


def _not_assessed(m: Material, number: str) -> NotAssessed:
    return NotAssessed(
        m.say("no_model", number=m.table_no(number), title=m.say(f"model.{number[-1]}"))
    )


def _answered(m: Material, number: str, found: Sequence[Calculated]) -> list[Block]:
    blocks: list[Block] = []
    if number == "7-1":
        blocks.append(_taxes(m, found))
    elif number == "7-2":
        blocks += cash_flows(m, found)
    elif number == "7-3":
        blocks += three_sources(m, found)
    elif number == "7-4":
        blocks += debt_ratios(m, found)
    blocks.append(_answers(m, number, found))
    if number == "7-2":
        blocks += [*cumulative_cash(m, found), *capital_sources(m, found)]
    places = [at for at, each in enumerate(m.scenarios, start=1) if each in found]
    sheets = m.say("comma").join(Say(m.words)("sheet", number=at, name="").strip() for at in places)
    blocks.append(Paragraph(Say(m.words)("see", sheets=sheets)))
    return blocks


def _taxes(m: Material, found: Sequence[Calculated]) -> Table:
    """Return 表7-1 交易税费: base × rate of every charge, who bears it, and its parameter."""
    say = Say(m.words)
    columns = (
        Column("scenario", say("col_scenario"), 20),
        Column("tax", say("col_tax"), 24),
        Column("account", say("col_bearer"), 12, ColumnKind.WORD),
        Column("base", say("col_base"), 13, ColumnKind.NUMBER),
        Column("rate", say("col_rate"), 10, ColumnKind.NUMBER),
        Column("amount", say("col_amount"), 13, ColumnKind.NUMBER),
        Column("varies", say("col_varies"), 10, ColumnKind.WORD),
        Column("parameter", say("col_parameter"), 36),
    )
    linked = [Linked(m, each) for each in found]
    rows = [row for each in linked for row in _charges(each, say)]
    title = say("title_forecast", title=m.say("model.1"))
    return Table(
        m.table_no("7-1"),
        title,
        columns,
        tuple(rows),
        say("unit"),
        say("source_linked"),
        (say("quick_deduction"), say("fees_apart"))
        if _has_brackets(found)
        else (say("fees_apart"),),
        key="taxes",
        source_link=linked[0].place,
    )


def _has_brackets(found: Sequence[Calculated]) -> bool:
    """Tell whether a tax of a scenario rises in brackets, so that it is not base times rate."""
    charged = (
        each.result.parameter_of(line)
        for each in found
        for line in each.result.lines
        if line.charge is not None
    )
    return any(param is not None and param.code == _BRACKETS for param in charged)


def _charges(linked: Linked, say: Say) -> Iterator[Row]:
    found = linked.found
    accounts = {a.key: a.title(say.language) for a in found.result.accounts}
    for line in found.result.lines:
        if line.charge is None:
            continue
        param = found.result.parameter_of(line)
        yield (
            words(linked.found.name),
            words(line.field.title(say.language)),
            optional(accounts.get(line.account, "—")),
            linked.made(line.charge.base, line.field),
            linked.made(line.charge.rate, _RATE),
            linked.made(line.amounts[0], line.field),
            optional("—" if param is None else say("yes" if param.varies else "no")),
            optional(_in_lines(param.name.get(say.language)) if param else "—"),
        )


def _in_lines(name: str) -> str:
    """Return a name whose remark in Chinese brackets stands below it where both are long."""
    return name.replace("（", "\n（") if len(name) > _ONE_LINE else name


def _answers(m: Material, number: str, found: Sequence[Calculated]) -> Table:
    """Return the answers of scenarios, with and without terminal value beside each other."""
    say = Say(m.words)
    rows = [row for each in found for row in _answer_rows(m, each, say)]
    columns = (
        Column("scenario", say("col_scenario"), 20),
        Column("answer", say("col_answer"), 24),
        Column("account", say("col_account"), 20, ColumnKind.WORD),
        Column("value", value_title(found, say), 16, ColumnKind.NUMBER),
        Column("terminal", say("col_with"), 16, ColumnKind.NUMBER),
        Column("unit", say("col_unit"), 10, ColumnKind.WORD),
        Column("reason", say("col_reason"), 56 if len(rows) > _MANY else 34),
    )
    title = say("title_answers", title=m.say(f"model.{number[-1]}"))
    silent = ((each.name, assumed(each, say)) for each in found)
    notes = tuple(say("at", title=name, sentence=said.strip()) for name, said in silent if said)
    notes += (say("before_tax"),) if any(each.model.before_tax for each in found) else ()
    return Table(
        m.table_no(f"{number}b"), title, columns, tuple(rows), say("unit"),
        say("source_linked"), notes, key=f"answers{number}", dense=len(rows) > _MANY,
        source_link=f"{Names(number_of(m, found[0])).table('answers')}@1",
    )  # fmt: skip


def _answer_rows(m: Material, found: Calculated, say: Say) -> Iterator[Row]:
    """Yield the answers of a scenario; each repeats the cell of the scenario's own sheet."""
    accounts = {a.key: a.title(say.language) for a in found.result.accounts}
    table = Names(number_of(m, found)).table("answers")
    rows = answer_rows(found.result)
    name = words(found.name)
    if len(rows) >= _ALIKE and all(pair[0].value is None for pair in rows):
        yield (name, *_nothing_known(found, rows, say))
        return
    for at, (measure, twin) in enumerate(rows, start=1):
        yield (
            name,
            words(measure.field.title(say.language)),
            optional(accounts.get(measure.account, "—")),
            _shown(measure, f"{{{table}!value@{at}}}"),
            NOT_APPLICABLE if twin is None else _shown(twin, f"{{{table}!terminal@{at}}}"),
            optional(say.unit(measure.field) or "—"),
            optional(reason_of(measure, twin, found) or "—"),
        )


def _nothing_known(
    found: Calculated, rows: Sequence[tuple[Measure, Measure | None]], say: Say
) -> Row:
    """Return the row behind the name of a scenario without any answer: its sheet lists them all."""
    reasons = dict.fromkeys(
        reason_of(*pair, found) for pair in rows if without_value(pair[0]) is UNKNOWN
    )
    why = "；" if say.language.startswith("zh") else "; "
    return (
        words(say("all_answers", n=len(rows))),
        optional("—"),
        UNKNOWN,
        UNKNOWN,
        optional("—"),
        optional(why.join(filter(None, reasons)) or "—"),
    )


def _shown(measure: Measure, formula: str) -> Cell:
    if measure.value is None:
        return replace(without_value(measure), formula=formula)
    number = shown_number(measure.value, measure.field)
    return Cell(number, CellState.FORECAST, formula, decimals=measure.field.decimals)


def headline(found: Calculated) -> Measure | None:
    """Return what a scenario comes to for whom it is made, None without any known answer.

    That is its net present value: a sum of receipts says nothing of what was paid for them.
    """
    own = found.result.accounts[0].key if found.result.accounts else ""
    # an answer may have no value though nothing is unknown: no debt, no cover of it
    known = [x for x in found.result.measures if x.account == own and x.value is not None]
    return next((x for x in known if x.key == NPV.key), known[0] if known else None)


def key_money(m: Material) -> list[Block]:
    """Return the first known answer of each scenario, a sentence each, for the summary.

    Of more than fit on its page, the rest are counted, so that nobody takes the list for all.
    """
    if not m.scenarios:
        return [NotAssessed(m.say("no_money"))]
    say = Say(m.words)
    blocks: list[Block] = [] if m.scope.whole_park else [Paragraph(m.say("scope_money"))]
    told = m.scenarios if len(m.scenarios) <= _IN_SUMMARY else m.scenarios[: _IN_SUMMARY - 1]
    for found in told:
        measure = headline(found)
        if measure is None:
            blocks.append(Paragraph(say("key_unknown", name=found.name)))
            continue
        endings = [
            *([say("ends_pre_tax")] if found.model.before_tax else []),
            *([say("ends_false")] if measure.with_terminal is False else []),
        ]
        ending = m.words("report.comma").join(endings)
        blocks.append(
            Paragraph(
                say(
                    "key_of" if (party := party_of(found.result, measure, m.language)) else "key",
                    name=found.name,
                    account=party,
                    answer=measure.field.title(m.language),
                    ending=say("in_brackets", text=ending) if ending else "",
                    value=_with_unit(measure, say),
                )
                + assumed(found, say)
            )
        )
    if rest := len(m.scenarios) - len(told):
        blocks.append(Paragraph(say("key_more", count=rest)))
    return blocks


def _with_unit(measure: Measure, say: Say) -> str:
    text, unit = shown(measure.value, measure.field), say.unit(measure.field)
    return f"{text}{unit}" if unit == "%" else f"{text} {unit}".rstrip()


def parameters_table(m: Material) -> Table:
    """Return 表7-5, every policy parameter with dates, source and whether it was verified."""
    t = m.say
    columns = (
        Column("name", t("col.parameter"), 28),
        Column("code", t("col.code"), 29, ColumnKind.CODE),
        Column("value", t("col.value"), 18, ColumnKind.NUMBER),
        Column("unit", t("col.unit"), 9, ColumnKind.WORD),
        Column("region", t("col.region"), 9, ColumnKind.WORD),
        Column("period", t("col.in_force"), 16),
        Column("verified", t("col.verified"), 12, ColumnKind.DATE),
        Column("varies", t("col.varies"), 8, ColumnKind.WORD),
        Column("source", t("col.source"), 50),
        Column("note", t("col.note"), 30),
    )
    rows = tuple(_parameter(m, param) for param in m.content.parameters)
    return Table(
        m.table_no("7-5"),
        t("table.parameters"),
        columns,
        rows,
        t("unit.parameters"),
        t("source.parameters", id=m.content.parameters.id),
        parameter_notes(m.content.parameters, Say(m.words)),
        frozen_columns=1,
        key=PARAMETERS,
        apart=True,
        dense=True,
    )


def _parameter(m: Material, param: PolicyParam) -> tuple[Cell, ...]:
    t = m.say
    start = param.effective_from.isoformat() if param.effective_from else ""
    end = param.effective_to.isoformat() if param.effective_to else ""
    open_ended = "in_force_from" if start else "in_force_until"
    dates = t("period" if start and end else open_ended, start=start, end=end)
    unverified = Cell(t("to_verify"), tone=Tone.MUTED)
    return (
        words(m.text(param.name)),
        words(param.code),
        parameter_value(param),
        optional(unit_words(param.unit, m.words) or "—"),
        words(_region(m, param)),
        optional(dates if start or end else "—"),
        Cell(param.verified_on) if param.verified_on else unverified,
        optional(t("yes" if param.varies else "no")),
        words(param.cite(m.language)),
        optional(m.text(param.note) or "—"),
    )


def _region(m: Material, param: PolicyParam) -> str:
    """Return where a parameter holds, in the letters of the report."""
    if not param.region:
        return Say(m.words)("nationwide")
    return param.region if m.language.startswith("zh") else place_name(param.region)


def parameter_value(param: PolicyParam) -> Cell:
    """Return a parameter's value; shares as percent, brackets as text."""
    value = param.value
    if isinstance(value, tuple):
        return Cell("\n".join(shown_brackets(value)))
    return exact(value * 100 if param.unit == "%" else value)
