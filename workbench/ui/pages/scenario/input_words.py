# SPDX-License-Identifier: MIT
"""What an input of a scenario says: its value, as typed and as read, and where it comes from."""

from collections.abc import Mapping

from workbench.domain.display import editable, shown
from workbench.domain.finance.inputs import InputValue, ModelInput, Shape
from workbench.domain.finance.settling import Provenance, Settled
from workbench.domain.parameters import PolicyParam
from workbench.ui.texts import language, t


def text_of(item: ModelInput, value: InputValue) -> str:
    """Return the text that an editor opens with, in the unit that is shown."""
    if value is None:
        return ""
    if item.shape is Shape.SERIES and isinstance(value, tuple):
        return " ".join(
            "—" if entry is None or isinstance(entry, Mapping) else editable(entry, item.field)
            for entry in value
        )
    return "" if isinstance(value, tuple) else editable(value, item.field)


def words_of(item: ModelInput, value: InputValue) -> str:
    """Return a value as people read it."""
    if isinstance(value, tuple):
        return text_of(item, value) if item.shape is Shape.SERIES else t(
            "scenario.rows", n=len(value)
        )  # fmt: skip
    return t("ui.no_value") if value is None else shown(value, item.field, language())


def source_words(settled: Settled) -> str:
    """Return where a value comes from that was not typed: parameter, ledger cells, default."""
    param = settled.parameter
    if settled.provenance is Provenance.PARAMETER and param is not None:
        known = "verified" if param.verified_on else "unverified"
        name = param.name.get(language())
        return t(f"scenario.from_parameter_{known}", name=name)
    cells = settled.trace.inputs if settled.trace is not None else ()
    if settled.provenance is Provenance.LEDGER and cells:
        return t("scenario.from_ledger", n=len(cells))
    is_default = settled.provenance is Provenance.DEFAULT and settled.value not in (None, ())
    return t("scenario_about.is_default") if is_default else ""


def parameter_words(param: PolicyParam) -> str:
    """Return where a parameter's value comes from: region, days in force, source, who checked."""
    ends = [day.isoformat() if day else "…" for day in (param.effective_from, param.effective_to)]
    days = " – ".join(ends) if ends != ["…", "…"] else t("scenario.days_unstated")
    checked = t("scenario.parameter_unverified")
    if param.verified_on is not None:
        checked = t("scenario.parameter_verified", day=param.verified_on.isoformat())
    return t(
        "scenario.parameter_of",
        region=param.region or t("settings.nationwide"),
        days=days,
        source=param.cite(language()),
        checked=checked,
    )
