# SPDX-License-Identifier: MIT
"""What an input asks for: how it is written, its limits, and what a blank leads to."""

from workbench.domain.display import with_unit
from workbench.domain.fields import FieldType
from workbench.domain.finance.inputs import ModelInput, Rest, Shape
from workbench.domain.finance.settling import Provenance, Settled
from workbench.ui.models.field_cells import unit_title
from workbench.ui.texts import language, t


def about_input(item: ModelInput, settled: Settled) -> str:
    """Return how an input is filled in, what it may be, and where its value is from."""
    parts = (_how(item), _limits(item), _rest(item), _blank(item, settled))
    return "\n".join((item.field.title(language()), *filter(None, parts)))


def _how(item: ModelInput) -> str:
    unit = unit_title(item.field.shown_unit)
    if item.shape is Shape.TABLE:
        return t("scenario_about.rows")
    if item.shape is Shape.SERIES:
        return t("scenario_about.series", first=item.first, unit=unit or "—")
    kinds = {FieldType.CHOICE: "choice", FieldType.BOOL: "yes_or_no", FieldType.DATE: "day"}
    key = kinds.get(item.field.type, "words" if not item.field.numeric else "number")
    return t(f"scenario_about.{key}" if unit or key != "number" else "scenario_about.count",
             unit=unit)  # fmt: skip


def _limits(item: ModelInput) -> str:
    limits = item.limits
    if item.shape is Shape.TABLE or (limits.low is None and limits.high is None):
        return ""
    low, high = with_unit(limits.low, item.field), with_unit(limits.high, item.field)
    if limits.high is None:
        return t("scenario_about.above" if limits.open_low else "scenario_about.from", low=low)
    if limits.low is None:
        return t("scenario_about.up_to", high=high)
    return t("scenario_about.within", low=low, high=high)


def _rest(item: ModelInput) -> str:
    if item.shape is not Shape.SERIES:
        return ""
    keys = {Rest.LAST: "rest_last", Rest.NOTHING: "rest_nothing", Rest.UNKNOWN: "rest_unknown"}
    return t(f"scenario_about.{keys[item.rest]}")


def _blank(item: ModelInput, settled: Settled) -> str:
    """Say what a blank stands for: a parameter, the ledger, a default, or a gap."""
    if item.parameter:
        return t("scenario_about.blank_parameter")
    if settled.provenance is Provenance.LEDGER:
        return t("scenario_about.blank_ledger")
    if item.default not in (None, (), ""):
        return t("scenario_about.blank_default")
    return t("scenario_about.blank_needed" if item.needed else "scenario_about.blank_free")
