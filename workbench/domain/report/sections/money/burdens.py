# SPDX-License-Identifier: MIT
"""What encumbers the assets of a sale: its net proceeds are not the owner's alone."""

from collections.abc import Iterator, Sequence

from workbench.domain.catalogue import CATALOGUE
from workbench.domain.display import choice_title, shown
from workbench.domain.figures.encumbrances import (
    DISPUTES,
    MORTGAGES,
    SEIZURES,
    is_burdened,
    is_in_force,
)
from workbench.domain.figures.reading import Reading
from workbench.domain.figures.scope import Scope
from workbench.domain.records.ledger import Record
from workbench.domain.report.model import Block, Cell, Column, ColumnKind, Paragraph, Row, Table
from workbench.domain.report.sections.cells import of_field, optional, words
from workbench.domain.report.sections.money.words import WORDS, Calculated, Names, Say

_LIMIT = CATALOGUE["encumbrance"]
_FLAGS = {"seizure": SEIZURES, "mortgage": MORTGAGES, "litigation": DISPUTES}
_DEBT = "secured_debt"
"""The input of what is repaid of secured debts, in models that take it off."""
_NAMED, _MOST = 2, 6


def burdens(found: Calculated, names: Names, say: Say) -> list[Block]:
    """Return the encumbrances on what a scenario gives away, and what the ledger leaves open."""
    scope = _sold(found)
    if scope is None:
        return []
    rows = _in_force(scope)
    gaps = [*_said_of_flags(scope, say)]
    if not rows:
        as_of = scope.as_of.isoformat()
        text = say("no_burdens", as_of=as_of) if not gaps else say("burdens_open", as_of=as_of)
        return [Paragraph(" ".join((text, *gaps)), strong=True)]
    columns = (
        Column("target", say("col_burdened"), 30),
        Column("limit", say("col_limit"), WORDS),
        Column("amount", say("col_secured"), 16, ColumnKind.NUMBER),
        Column("ends", say("col_ends"), 12, ColumnKind.DATE),
        Column("status", say("col_in_force"), 14),
        Column("consent", say("col_consent"), 12, ColumnKind.WORD),
    )
    notes = (*gaps, *(() if _DEBT in found.result.settled else (say("note_burdens"),)))
    table = Table(
        "", say("table_burdens", as_of=scope.as_of.isoformat()), columns,
        tuple(_row(asset, row, scope, names, say) for asset, row in rows),
        source_line=say("source_burdens"), notes=notes, key=names.table("burdens"), dense=True,
    )  # fmt: skip
    return [table]


def burdened(found: Calculated, say: Say) -> str:
    """Return a sentence on what encumbers the assets sold, "" where nothing does or none is sold.

    It stands beside the net proceeds, which have not paid what the encumbrances secure.
    """
    scope = _sold(found)
    if scope is None:
        return ""
    rows = _in_force(scope)
    if not rows:
        gaps = " ".join(_said_of_flags(scope, say))
        return say("burdens_said_open", gaps=gaps) if gaps else ""
    parts = [_in_words(row, say) for _, row in rows[:_NAMED]]
    if len(rows) > _NAMED:
        parts.append(say("more_burdens", count=len(rows) - _NAMED))
    key = "burdens_said_debt" if _DEBT in found.result.settled else "burdens_said"
    return say(key, count=len(rows), parts=say.texts("report.semicolon").join(parts))


def _sold(found: Calculated) -> Scope | None:
    """Return what a scenario gives away to another owner, None for one that keeps its assets."""
    return found.scope if found.model.disposes else None


def _in_force(scope: Scope) -> list[tuple[Record, Record]]:
    """Return the assets with the encumbrances that are not known to be over."""
    reading = Reading(scope.params, scope.shared)
    return [
        (asset, row)
        for asset in scope.assets
        for row in scope.encumbrances_on(asset)
        if is_in_force(reading, row, scope.as_of) is not False
    ]


def _row(asset: Record, row: Record, scope: Scope, names: Names, say: Say) -> Row:
    def field(key: str) -> Cell:
        if names.grounds is not None:
            return names.grounds.cell(row, key)
        return of_field(row, key, scope.ledger, say.language)

    parties = [row.text(key) for key in ("holder", "authority", "case_no")]
    slash = say.texts("report.slash")
    return (
        words(asset.label),
        optional(slash.join((_kind(row, say), *(each for each in parties if each)))),
        field("amount"),
        field("end_on"),
        _standing(row, scope, say),
        field("mortgagee_consent"),
    )


def _standing(row: Record, scope: Scope, say: Say) -> Cell:
    status, end = row.text("status"), row.day("end_on")
    if status is None:
        return words(None)
    title = choice_title(status, _LIMIT["status"], say.language)
    over = end is not None and end < scope.as_of
    return optional(say.texts("report.expired_in_force", status=title) if over else title)


def _kind(row: Record, say: Say) -> str:
    kind = row.text("kind")
    return choice_title(kind, _LIMIT["kind"], say.language) if kind else say("kind_unknown")


def _in_words(row: Record, say: Say) -> str:
    amount, end = row.number("amount"), row.day("end_on")
    unknown = say.texts("report.to_verify")
    field = _LIMIT["amount"]
    value = f"{shown(amount, field, say.language)} {say.unit(field)}" if amount is not None else ""
    return say(
        "burden", kind=_kind(row, say), holder=row.text("holder") or unknown,
        amount=value or unknown, end=end.isoformat() if end else unknown,
    )  # fmt: skip


def _said_of_flags(scope: Scope, say: Say) -> Iterator[str]:
    """Say of which assets the ledger notes a limit without its row, and of which it says nothing.

    A building whose parcel has a row stands under that row: the land goes with it.
    """
    reading = Reading(scope.params, scope.shared)
    noted: list[tuple[str, str]] = []
    silent: list[tuple[str, str]] = []
    for asset in scope.assets:
        for flag, kinds in _FLAGS.items():
            if any(_has_row(scope, each, kinds) for each in _land_of(scope, asset)):
                continue
            truth = is_burdened(reading, scope, asset, kinds, flag, ask=False)
            if truth is not False:
                told = noted if truth else silent
                told.append((asset.label, say.texts(f"report.flag.{flag}")))
    if noted:
        yield say("flags_without_rows", parts=_listed(noted, say))
    if silent:
        yield say("flags_unknown", parts=_listed(silent, say))


def _land_of(scope: Scope, asset: Record) -> Iterator[Record]:
    yield asset
    parcel = scope.ledger.find("parcel", asset.text("parcel") if asset.entity != "parcel" else None)
    if parcel is not None:
        yield parcel


def _has_row(scope: Scope, asset: Record, kinds: frozenset[str]) -> bool:
    reading = Reading(scope.params, scope.shared)
    return any(
        row.text("kind") in kinds and is_in_force(reading, row, scope.as_of) is not False
        for row in scope.encumbrances_on(asset)
    )


def _listed(pairs: Sequence[tuple[str, str]], say: Say) -> str:
    grouped: dict[str, list[str]] = {}
    for name, flag in pairs:
        grouped.setdefault(name, []).append(flag)
    comma = say.texts("report.comma")
    told = [say("of_asset", name=name, flags=comma.join(f)) for name, f in grouped.items()]
    rest = len(told) - _MOST
    more = [say("more_assets", count=rest)] if rest > 0 else []
    return say.texts("report.semicolon").join([*told[:_MOST], *more])
