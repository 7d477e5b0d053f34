# SPDX-License-Identifier: MIT
"""The policy parameters behind some scenarios: value, region, dates, source, and how sure."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from workbench.domain.facts.missing_names import Words
from workbench.domain.finance.results import UsedParameter
from workbench.domain.parameters import NATIONWIDE, PolicyParam
from workbench.domain.report.model import (
    NOT_APPLICABLE,
    Cell,
    Column,
    ColumnKind,
    Paragraph,
    Row,
    Sheet,
    Table,
    Tone,
)
from workbench.domain.report.sections.cells import optional, words
from workbench.domain.report.sections.money.words import Calculated, Say, unit_words


def standing(param: PolicyParam, as_of: date) -> str:
    """Return how a parameter stands on a day: expired, unverified, or verified."""
    if param.effective_to is not None and param.effective_to < as_of:
        return "expired"
    return "unverified" if param.verified_on is None else "verified"


def parameters_sheet(found: Sequence[Calculated], as_of: date, texts: Words) -> Sheet:
    """Return every parameter that the scenarios used, once, with its standing at the day."""
    say = Say(texts)
    used: dict[tuple[str, str], UsedParameter] = {}
    for each in found:
        for item in each.result.parameters:
            used.setdefault((item.param.code, item.param.region), item)
    rows = tuple(_row(item.param, as_of, say) for item in used.values())
    columns = (
        Column("code", say("col_parameter"), 24, ColumnKind.CODE),
        Column("name", say("col_name"), 34),
        Column("value", say("col_value"), 16, ColumnKind.WORD),
        Column("region", say("col_region"), 12, ColumnKind.WORD),
        Column("from", say("col_from"), 13, ColumnKind.DATE),
        Column("to", say("col_to"), 13, ColumnKind.DATE),
        Column("verified", say("col_verified"), 13, ColumnKind.DATE),
        Column("standing", say("col_standing"), 14, ColumnKind.WORD),
        Column("varies", say("col_varies"), 10, ColumnKind.WORD),
        Column("source", say("col_source"), 44),
        Column("note", say("col_note"), 30),
    )
    title = say("parameters_title", as_of=as_of.isoformat())
    notes = parameter_notes((item.param for item in used.values()), say)
    table = Table("", title, columns, rows, notes=notes, key="money_parameters")
    text = say("parameters_text", set=found[0].result.parameter_set, as_of=as_of.isoformat())
    return Sheet("scenario_parameters", say("parameters_sheet"), title, (Paragraph(text), table))


def parameter_notes(listed: Iterable[PolicyParam], say: Say) -> tuple[str, ...]:
    """Return how codes and, where there are any, brackets are to be read."""
    brackets = any(isinstance(param.value, tuple) for param in listed)
    return (say("note_codes"), say("note_brackets")) if brackets else (say("note_codes"),)


def _row(param: PolicyParam, as_of: date, say: Say) -> Row:
    state = standing(param, as_of)
    return (
        words(param.code),
        words(param.name.get(say.language)),
        words(shown_parameter(param, say.texts)),
        words(say("nationwide") if param.region == NATIONWIDE else param.region),
        _day(param.effective_from),
        _day(param.effective_to),
        _day(param.verified_on),
        words(say(f"standing_{state}"), Tone.PLAIN if state == "verified" else Tone.STRONG),
        words(say("yes") if param.varies else say("no")),
        optional(param.cite(say.language)),
        optional(param.note.get(say.language) or "—"),
    )


def _day(day: date | None) -> Cell:
    return NOT_APPLICABLE if day is None else Cell(day)


def shown_parameter(param: PolicyParam, texts: Words) -> str:
    """Return a parameter's value as people read it; brackets as upper end, rate and quick part."""
    if isinstance(param.value, Decimal):
        return shown_value_of(param, param.value, texts)
    gap = "；" if texts.language.startswith("zh") else "; "
    return gap.join(shown_brackets(param.value))


def shown_value_of(param: PolicyParam, value: Decimal, texts: Words) -> str:
    """Return a value of a parameter with the parameter's unit."""
    if param.unit == "%":
        return f"{_plain(value * 100)}%"
    return f"{_plain(value)} {unit_words(param.unit, texts)}".strip()


def shown_brackets(brackets: Sequence[tuple[Decimal | None, Decimal, Decimal]]) -> list[str]:
    """Return each bracket as its upper end, rate and quick deduction, in percent."""
    return [
        f"{'∞' if upto is None else f'≤{_plain(upto * 100)}%'}: "
        f"{_plain(rate * 100)}% − {_plain(quick * 100)}%"
        for upto, rate, quick in brackets
    ]


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
