# SPDX-License-Identifier: MIT
"""Which value each input of a model has, where it comes from, and what is wrong with it.

The analyst's own value comes before the ledger's, the ledger's before the policy parameter's, and
that before the declared default. A value that breaks a limit is a finding at its field and counts
as unknown, so that no number is printed from it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from workbench.domain.bilingual import Bilingual
from workbench.domain.display import Quantity
from workbench.domain.explain import Trace
from workbench.domain.fields import FieldType
from workbench.domain.finance.inputs import (
    AS_OF,
    InputValue,
    ModelInput,
    ParameterBy,
    Rest,
    Row,
    Shape,
    Single,
)
from workbench.domain.findings import Finding, Level
from workbench.domain.parameters import NATIONWIDE, ParameterSet, ParamValue, PolicyParam


class Provenance(StrEnum):
    """Where an input's value comes from."""

    ANALYST = "analyst"
    LEDGER = "ledger"
    PARAMETER = "parameter"
    DEFAULT = "default"
    UNKNOWN = "unknown"
    UNUSED = "unused"
    """The input does not count with the choices made."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value that the ledger gives for an input, with the cells behind it.

    ``remark`` says how the value was made where its cells do not tell, or why there is none.
    """

    value: InputValue
    trace: Trace
    remark: Finding | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """One input's value and where it comes from; values with an error are None.

    ``refused`` is what was stated and cannot be taken, to be shown where it is mended; ``ledger``
    what the ledger says where another value was stated.
    """

    value: InputValue
    provenance: Provenance
    parameter: PolicyParam | None = None
    trace: Trace | None = None
    refused: InputValue = None
    ledger: InputValue = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What inputs are settled against: the parameters in force for a region on a day."""

    parameters: ParameterSet
    as_of: date
    region: str = NATIONWIDE
    ledger: Mapping[str, Suggestion] = field(default_factory=dict)


Inputs = tuple[ModelInput, ...]


def settle(
    inputs: Inputs, stated: Mapping[str, InputValue], around: Surroundings
) -> tuple[dict[str, Settled], tuple[Finding, ...]]:
    """Return every input's value with its provenance, and the findings at the fields."""
    settled: dict[str, Settled] = {}
    findings: list[Finding] = []
    known = {item.key: item for item in inputs}
    findings += [
        Finding("no_such_input", Level.ERROR, field=key) for key in stated if key not in known
    ]
    for item in inputs:
        if not _counts(item, settled):
            settled[item.key] = Settled(None, Provenance.UNUSED)
            if item.when is not None and stated.get(item.key) not in (None, ()):
                findings.append(_not_counted(item, known[item.when.key], settled))
            continue
        found, remarks = _source(item, stated, settled, around)
        wrong = problems(item, found.value)
        if any(problem.level is Level.ERROR for problem in wrong):
            kept = _without_faults(item, found.value)
            found = replace(found, value=kept, trace=None, refused=found.value)
        elif found.value is None and item.needed:
            found = Settled(None, Provenance.UNKNOWN)
            wrong = [*wrong, Finding("missing", Level.WARNING, field=item.key)]
        settled[item.key] = _extended(item, found, settled)
        findings += [*remarks, *wrong]
    return settled, tuple(findings)


def _extended(item: ModelInput, found: Settled, settled: Mapping[str, Settled]) -> Settled:
    """Fill a series to its end with what the declaration says of the periods not listed."""
    value = found.value
    if item.rest is Rest.UNKNOWN or not isinstance(value, tuple) or not value:
        return found
    periods = settled[item.length].value
    if not isinstance(periods, Decimal | int):
        return found
    lacking = int(periods) + 1 - item.first - len(value)
    filling = value[-1:] if item.rest is Rest.LAST else (Decimal(0),)
    return replace(found, value=value + filling * max(lacking, 0))  # type: ignore[operator]


def _counts(item: ModelInput, settled: Mapping[str, Settled]) -> bool:
    if item.when is None:
        return True
    decided = settled.get(item.when.key)
    return decided is not None and decided.value in item.when.values


def _not_counted(item: ModelInput, decider: ModelInput, settled: Mapping[str, Settled]) -> Finding:
    """Say that a value is stated and why it does not count: it is kept, not dropped in silence."""
    chosen = settled[decider.key].value
    words = Bilingual("—", "—")
    if isinstance(chosen, bool):
        words = Bilingual("是", "yes") if chosen else Bilingual("否", "no")
    for choice in decider.field.choices:
        if choice.value == chosen:
            words = Bilingual(choice.title("zh_CN"), choice.title("en"))
    title = Bilingual(decider.field.zh, decider.field.en)
    return Finding("not_counted", Level.INFO, field=item.key,
                   params={"decider": title, "chosen": words})  # fmt: skip


def _source(
    item: ModelInput,
    stated: Mapping[str, InputValue],
    settled: Mapping[str, Settled],
    around: Surroundings,
) -> tuple[Settled, list[Finding]]:
    suggestion = around.ledger.get(item.key)
    if item.key in stated:
        told = None if suggestion is None else suggestion.value
        other = told if told != stated[item.key] else None
        # an amount that contradicts what was typed is shown, so that how it was made is said too
        said = _remarks(suggestion) if other is not None and not isinstance(other, tuple) else []
        return Settled(stated[item.key], Provenance.ANALYST, ledger=other), said
    if suggestion is not None and suggestion.value is not None:
        found = Settled(suggestion.value, Provenance.LEDGER, trace=suggestion.trace)
        return found, _remarks(suggestion)
    code = _parameter_code(item, settled)
    if code:
        return _from_parameter(item, code, around)
    is_as_of = item.field.type is FieldType.DATE and item.default == AS_OF
    value = around.as_of if is_as_of else item.default
    return Settled(value, Provenance.DEFAULT), _remarks(suggestion)


def _remarks(suggestion: Suggestion | None) -> list[Finding]:
    return [] if suggestion is None or suggestion.remark is None else [suggestion.remark]


def _parameter_code(item: ModelInput, settled: Mapping[str, Settled]) -> str:
    if isinstance(item.parameter, ParameterBy):
        decided = settled[item.parameter.key].value
        return item.parameter.codes.get(decided, "") if not isinstance(decided, tuple) else ""
    return item.parameter


def _from_parameter(
    item: ModelInput, code: str, around: Surroundings
) -> tuple[Settled, list[Finding]]:
    """Take the value in force, else the newest expired one, and say which and how sure."""
    param = around.parameters.find(code, around.region, as_of=around.as_of)
    remarks: list[Finding] = []
    if param is None:
        param = _newest_expired(code, around)
        if param is None:
            return Settled(None, Provenance.UNKNOWN), [
                Finding("parameter_not_in_force", Level.WARNING, field=item.key,
                        params={"name": code_name(code, around), "as_of": around.as_of})
            ]  # fmt: skip
        remarks.append(
            Finding("parameter_expired", Level.WARNING, field=item.key,
                    params={"name": param.name, "until": param.effective_to,
                            "as_of": around.as_of})
        )  # fmt: skip
    if param.verified_on is None:
        remarks.append(
            Finding("parameter_unverified", Level.WARNING, field=item.key,
                    params={"name": param.name})
        )  # fmt: skip
    return Settled(_as_input(param.value), Provenance.PARAMETER, param), remarks


def code_name(code: str, around: Surroundings) -> Bilingual:
    """Return what a parameter is called, whatever its day and region; else its code."""
    named = (param.name for param in around.parameters if param.code == code)
    return next(named, Bilingual(code, code))


def _newest_expired(code: str, around: Surroundings) -> PolicyParam | None:
    expired = [
        param
        for param in around.parameters.expired(around.as_of)
        if param.code == code and param.region in (around.region, NATIONWIDE)
    ]
    return max(
        expired,
        key=lambda p: (p.effective_to or date.min, p.region == around.region),
        default=None,
    )


def _as_input(value: ParamValue) -> InputValue:
    if isinstance(value, Decimal):
        return value
    return tuple({"upto": upto, "rate": rate, "quick": quick} for upto, rate, quick in value)


def problems(item: ModelInput, value: InputValue) -> list[Finding]:
    """Return what is wrong with a value by the input's type and limits."""
    if value is None:
        return []
    if item.shape is Shape.TABLE:
        return _table_problems(item, value)
    if item.shape is Shape.SERIES:
        if not isinstance(value, tuple):
            return [_finding("not_a_series", item)]
        return [
            problem
            for index, entry in enumerate(value)
            for problem in _single_problems(item, entry, f"[{index + item.first}]")
        ]
    return _single_problems(item, value, "")


def _table_problems(item: ModelInput, value: InputValue) -> list[Finding]:
    if not isinstance(value, tuple) or not all(isinstance(row, Mapping) for row in value):
        return [_finding("not_a_table", item)]
    found: list[Finding] = []
    for number, row in enumerate(_rows(value), 1):
        for column in item.columns:
            entry = row.get(column.key, column.default)
            where = f"[{number}].{column.key}"
            if entry is None and column.needed:
                found.append(_finding("missing_cell", item, where, level=Level.WARNING))
            found += _single_problems(column, entry, where, item)
    return found


def _single_problems(
    item: ModelInput, value: object, where: str, owner: ModelInput | None = None
) -> list[Finding]:
    if value is None:
        return []
    holder = owner or item
    kind = item.field.type
    if not _fits(kind, value):
        return [_finding("wrong_type", holder, where, value=str(value))]
    if item.field.choices and value not in {choice.value for choice in item.field.choices}:
        allowed = "、".join(choice.value for choice in item.field.choices)
        return [_finding("not_a_choice", holder, where, value=str(value), allowed=allowed)]
    if not item.field.numeric:
        return []
    number = Decimal(value) if isinstance(value, Decimal | int) else Decimal("NaN")
    if not number.is_finite():
        return [_finding("not_finite", holder, where, value=str(value))]
    if not item.limits.admits(number):
        limits = item.limits
        code = "below_open" if limits.open_low else "below"
        if limits.high is not None and number > limits.high:
            code = "above"
        found = _finding(code, holder, where, value=Quantity(number, item.field))
        return [replace(found, params={**found.params, **_ends(item)})]
    if (kind is FieldType.INTEGER or item.structural) and number != number.to_integral_value():
        return [_finding("not_whole", holder, where, value=number)]
    return []


def _ends(item: ModelInput) -> dict[str, Quantity]:
    """Return the ends of an input's limits, as a sentence writes them."""
    ends = {"low": item.limits.low, "high": item.limits.high}
    return {name: Quantity(end, item.field) for name, end in ends.items() if end is not None}


_TYPES: dict[FieldType, tuple[type, ...]] = {
    FieldType.BOOL: (bool,),
    FieldType.DATE: (date,),
    FieldType.TEXT: (str,),
    FieldType.CHOICE: (str,),
}


def _fits(kind: FieldType, value: object) -> bool:
    if isinstance(value, bool):
        return kind is FieldType.BOOL
    return isinstance(value, _TYPES.get(kind, (Decimal, int)))


def _finding(
    code: str, item: ModelInput, where: str = "", *, level: Level = Level.ERROR, **params: object
) -> Finding:
    return Finding(code, level, field=f"{item.key}{where}", params=params)


def _without_faults(item: ModelInput, value: InputValue) -> InputValue:
    """Return the value with its faulty entries unknown, the others kept."""
    if not isinstance(value, tuple) or item.shape is Shape.SINGLE:
        return None
    if item.shape is Shape.SERIES:
        entries: list[Decimal | None] = []
        for entry in value:
            faulty = not isinstance(entry, Decimal | int) or _single_problems(item, entry, "")
            entries.append(None if faulty or isinstance(entry, Mapping) else entry)
        return tuple(entries)
    return tuple(_row_without_faults(item, row) for row in _rows(value))


def _row_without_faults(item: ModelInput, row: Row) -> Row:
    kept: dict[str, Single] = {}
    for column in item.columns:
        entry = row.get(column.key, column.default)
        wrong = _single_problems(column, entry, "")
        kept[column.key] = None if wrong or isinstance(entry, tuple) else entry
    return kept


def _rows(value: InputValue) -> Sequence[Row]:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, tuple) else ()
