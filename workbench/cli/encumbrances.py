# SPDX-License-Identifier: MIT
"""The encumbrances command: what ends when, and what blocks what."""

from typing import Any

from workbench.application.ledger.encumbrances import Encumbrances
from workbench.application.plain import plain
from workbench.application.ports import Texts
from workbench.bootstrap import Services
from workbench.cli.finding import find_record
from workbench.cli.options import Call, as_date
from workbench.cli.output import DONE, print_json, print_table
from workbench.domain.findings import UsageError
from workbench.domain.pathways.blocking import Burden
from workbench.domain.records.expiries import Expiry
from workbench.domain.records.ledger import Record

Commands = Any


def declare(commands: Commands, texts: Texts) -> None:
    """Add the command of this room."""
    parser = commands.add_parser("encumbrances", help=texts("encumbrances.help.command"))
    parser.add_argument("project", metavar="PROJECT")
    actions = parser.add_subparsers(dest="action", required=True, metavar="expiries|blocks")
    ending = actions.add_parser("expiries", help=texts("encumbrances.help.expiries"))
    ending.add_argument(
        "--within", type=int, metavar="DAYS", help=texts("encumbrances.help.within")
    )
    ending.set_defaults(run=run_expiries)
    blocking = actions.add_parser("blocks", help=texts("encumbrances.help.blocks"))
    blocking.add_argument("--asset", metavar="KEY", help=texts("encumbrances.help.asset"))
    blocking.set_defaults(run=run_blocks)
    for action in (ending, blocking):
        action.add_argument("--park", metavar="CODE", help=texts("cli.help.park"))
        action.add_argument("--as-of", metavar="DATE", help=texts("cli.help.as_of"))
        action.add_argument("--json", action="store_true", help=texts("cli.help.json"))


def run_expiries(call: Call) -> int:
    """Print what has not ended, overdue first."""
    services = call.program.open(call.options.project, reading=True)
    options = call.options
    as_of = as_date(options.as_of) if options.as_of else call.program.today()
    park = services.querying.park(options.park).key if options.park else ""
    found = services.encumbrances.expiries(park, as_of, options.within)
    if options.json:
        print_json({"as_of": as_of.isoformat(), "expiries": [_expiry(item) for item in found]})
    else:
        _print_expiries(found, call.texts)
    services.close()
    return DONE


def run_blocks(call: Call) -> int:
    """Print, for every burdened asset, what each encumbrance blocks."""
    services = call.program.open(call.options.project, reading=True)
    options = call.options
    as_of = as_date(options.as_of) if options.as_of else call.program.today()
    park = services.querying.park(options.park).key if options.park else ""
    reader = services.encumbrances
    assets = [_asset(services, options.asset)] if options.asset else reader.burdened(park, as_of)
    if options.json:
        print_json({"as_of": as_of.isoformat(), "assets": [
            {"entity": asset.entity, "key": asset.key, "name": asset.label,
             "burdens": [_burden(b, call.texts) for b in reader.blocks(asset, as_of)]}
            for asset in assets
        ]})  # fmt: skip
    else:
        for asset in assets:
            _print_blocks(asset, reader, call)
    services.close()
    return DONE


def _asset(services: Services, wanted: str) -> Record:
    """Return the parcel or building that a word means."""
    try:
        return find_record(services, "parcel", wanted)
    except UsageError:
        return find_record(services, "building", wanted)


def _expiry(item: Expiry) -> dict[str, Any]:
    row, asset = item.row, item.asset
    return {
        "key": row.key,
        "asset": None if asset is None else {"entity": asset.entity, "key": asset.key,
                                             "name": asset.label},
        "kind": row.text("kind"),
        "order": item.order,
        "rank": plain(row.get("rank")),
        "holder": row.text("holder"),
        "authority": row.text("authority"),
        "case_no": row.text("case_no"),
        "amount": plain(row.get("amount")),
        "end_on": plain(row.get("end_on")),
        "days": item.days,
        "stage": item.stage.value,
        "in_force": item.in_force,
        "check_renewal": item.renewal,
    }  # fmt: skip


def _burden(burden: Burden, texts: Texts) -> dict[str, Any]:
    row = burden.row
    return {
        "key": row.key if row else None,
        "kind": row.text("kind") if row else None,
        "release_condition": row.text("release_condition") if row else None,
        "blocks": [
            {"pathway": item.pathway.code, "condition": item.id,
             "text": item.text.get(texts.language), "certain": item.certain,
             "solve_first": item.way_out or None}
            for item in burden.blocks
        ],
    }  # fmt: skip


def _print_expiries(found: list[Expiry], texts: Texts) -> None:
    columns = ("stage", "end_on", "days", "asset", "kind", "order", "who", "case_no")
    heads = [texts(f"encumbrances.column.{name}") for name in columns]
    rows = [
        [
            texts(f"encumbrances.stage.{item.stage}"),
            str(item.row.day("end_on") or "—"),
            "—" if item.days is None else str(item.days),
            item.asset.label if item.asset else "—",
            item.row.text("kind") or "—",
            "—" if item.order is None else str(item.order),
            item.row.text("authority") or item.row.text("holder") or "—",
            item.row.text("case_no") or "—",
        ]
        for item in found
    ]
    print_table(heads, rows)
    if renewals := sum(item.renewal for item in found):
        print(texts("encumbrances.renewals", n=renewals))


def _print_blocks(asset: Record, reader: Encumbrances, call: Call) -> None:
    as_of = as_date(call.options.as_of) if call.options.as_of else None
    print(asset.label)
    for burden in reader.blocks(asset, as_of):
        row = burden.row
        stated = call.texts("encumbrances.stated_only")
        print("  " + (f"{row.text('kind') or '—'} {row.label}" if row else stated))
        if not burden.blocks:
            print("    " + call.texts("encumbrances.blocks_nothing"))
        for item in burden.blocks:
            mark = "no" if item.certain else "unknown"
            way = f" → {item.way_out}" if item.way_out else ""
            words = item.text.get(call.texts.language)
            truth = call.texts(f"splitting.truth.{mark}")
            print(f"    {item.pathway.code} {words} {truth}{way}")
        if row is not None and (condition := row.text("release_condition")):
            print("    " + call.texts("encumbrances.release", text=condition))
