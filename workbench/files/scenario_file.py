# SPDX-License-Identifier: MIT
"""A financial scenario as a TOML file: what is stated, its variants, and a simulation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from workbench.domain.fields import FieldType
from workbench.domain.finance.distributions import (
    PARAMETERS,
    Correlation,
    Distribution,
    Kind,
    Mode,
    Uncertain,
)
from workbench.domain.finance.inputs import InputValue, ModelInput, Shape
from workbench.domain.finance.model import Model
from workbench.domain.finance.models import MODELS
from workbench.domain.finance.simulation_settings import (
    USUAL_PATHS,
    USUAL_SEED,
    SimulationSettings,
)
from workbench.domain.finance.stating import StatingError, read_stated
from workbench.files.content.reading import ContentError, Table, only, parse_toml

_TOP = (
    "model", "name", "park", "assets", "as_of", "region", "pathway", "inputs", "variant",
    "simulation",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ScenarioFile:
    """What a file says; variants are differences to ``stated`` by their names."""

    model: Model
    name: str
    stated: Mapping[str, InputValue]
    as_of: date | None
    park: str = ""
    assets: tuple[str, ...] = ()
    region: str = ""
    pathway: str = ""
    variants: Mapping[str, Mapping[str, InputValue]] = field(default_factory=dict)
    simulation: SimulationSettings | None = None


def read_scenario(text: str, file: str) -> ScenarioFile:
    """Return the scenario of a TOML text; ContentError names file, entry, key and remedy."""
    document = parse_toml(text.encode(), file)
    only(document, file, *_TOP)
    top = Table(document, file, file)
    key = top.text("model")
    if key not in MODELS:
        raise top.not_among("model", key, MODELS)
    model = MODELS[key]
    variants = {}
    for entry in top.tables("variant"):
        with entry.closing():
            variants[entry.text("name")] = _stated(model, entry.raw("inputs") or {}, entry)
    return ScenarioFile(
        model,
        top.text("name", ""),
        _stated(model, top.raw("inputs") or {}, top),
        _day(top),
        top.text("park", ""),
        top.texts("assets"),
        top.text("region", ""),
        top.text("pathway", ""),
        variants,
        _simulation(top.table("simulation")) if top.has("simulation") else None,
    )


def _stated(model: Model, written: Any, place: Table) -> dict[str, InputValue]:
    if not isinstance(written, Mapping):
        raise place.error("wrong_kind", "inputs", expected="[inputs]", value=str(written)[:60])
    try:
        return read_stated(model, written)
    except StatingError as error:
        finding = error.finding
        if finding.code == "no_such_input":
            known = [item.key for item in model.inputs]
            raise place.not_among("inputs", finding.field, known) from error
        value = str(finding.params.get("value", ""))
        raise ContentError(
            "wrong_kind", place.file, place.entry, finding.field,
            expected=_expected(model, finding.field), value=value,
        ) from error  # fmt: skip


def _expected(model: Model, where: str) -> str:
    """Return how a value of an input is written: ``rent``, ``occupancy[3]``, ``leases[1].area``."""
    key, _, rest = where.partition("[")
    item = model.input(key)
    column = rest.partition("].")[2]
    if item.shape is Shape.TABLE and not column:
        return _example(item)
    item = next((each for each in item.columns if each.key == column), item)
    if item.field.numeric:
        return '1.0 / "12万元" / "3%"'
    return "true / false" if item.field.type is FieldType.BOOL else _example(item)


def _day(top: Table) -> date | None:
    value = top.raw("as_of")
    if value is None or type(value) is date:
        return value
    raise top.error("wrong_kind", "as_of", expected="2026-12-31", value=str(value)[:60])


def _simulation(table: Table) -> SimulationSettings:
    with table.closing():
        uncertain = tuple(_uncertain(entry) for entry in table.tables("uncertain"))
        correlations = tuple(_correlation(entry) for entry in table.tables("correlation"))
        paths = table.integer("paths", 1, 1_000_000) if table.has("paths") else USUAL_PATHS
        seed = table.integer("seed", 0, 2**63 - 1) if table.has("seed") else USUAL_SEED
    return SimulationSettings(uncertain, correlations, paths, seed)


def _uncertain(entry: Table) -> Uncertain:
    with entry.closing():
        shape = entry.text("distribution")
        if shape not in set(Kind):
            raise entry.not_among("distribution", shape, [kind.value for kind in Kind])
        kind = Kind(shape)
        numbers = tuple(float(entry.number(name)) for name in PARAMETERS[kind])
        applies = entry.text("applies", Mode.VALUE.value)
        if applies not in set(Mode):
            raise entry.not_among("applies", applies, [item.value for item in Mode])
        return Uncertain(
            entry.text("input"), Distribution(kind, numbers), Mode(applies), entry.flag("yearly")
        )


def _correlation(entry: Table) -> Correlation:
    with entry.closing():
        pair = entry.texts("inputs")
        if len(pair) != 2:
            raise entry.error("wrong_kind", "inputs", expected='["a", "b"]', value=" ".join(pair))
        return Correlation(pair[0], pair[1], float(entry.number("rank")))


def scenario_template(model: Model, language: str) -> str:
    """Return a file to fill in: every input with its title, unit, source and default."""
    lines = [
        f"# {model.title(language)}",
        f'model = "{model.key}"',
        f'name = "{model.title(language)}"',
        "as_of = 2026-12-31",
        '# park = ""',
        "# assets = []",
        f'# pathway = "{(model.pathways or ("P00",))[0]}"',
        "",
        "[inputs]",
    ]
    for item in model.inputs:
        lines += ["", f"# {_about(item, language)}", f"# {item.key} = {_example(item)}"]
    lines += [
        "",
        "# [simulation]",
        "# paths = 10000",
        "# seed = 1",
        "# [[simulation.uncertain]]",
        f'# input = "{next((i.key for i in model.inputs if i.numeric), "")}"',
        '# distribution = "triangular"   # normal lognormal uniform triangular pert',
        '# applies = "factor"            # value factor shift',
        "# low = 0.8",
        "# mode = 1.0",
        "# high = 1.1",
        "",
        "# [[variant]]",
        f'# name = "{model.title(language)} B"',
        f"# inputs = {{ {next((i.key for i in model.inputs if i.numeric), '')} = 0 }}",
        "",
    ]
    return "\n".join(lines)


def _about(item: ModelInput, language: str) -> str:
    parts = [item.field.title(language)]
    if item.field.unit:
        parts.append(f"[{item.field.unit}]")
    if item.field.choices:
        parts.append(" / ".join(choice.value for choice in item.field.choices))
    if isinstance(item.parameter, str) and item.parameter:
        parts.append(f"<- {item.parameter}")
    if not item.needed:
        parts.append("?")
    return "  ".join(parts)


def _example(item: ModelInput) -> str:
    if item.shape is Shape.TABLE:
        return "[ { " + ", ".join(f"{c.key} = {_example(c)}" for c in item.columns) + " } ]"
    if item.shape is Shape.SERIES:
        entries = item.default if isinstance(item.default, tuple) else ()
        return "[" + ", ".join(str(entry) for entry in entries) + "]"
    if isinstance(item.default, bool):
        return str(item.default).lower()
    if isinstance(item.default, Decimal):
        return f"{item.default:f}"
    if item.field.type is FieldType.DATE:
        return "2026-12-31"
    return f'"{item.default or ""}"' if not item.field.numeric else "0"
