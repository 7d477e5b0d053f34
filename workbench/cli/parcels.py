# SPDX-License-Identifier: MIT
"""Commands that change the outline of land: split, join."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from workbench.application.ledger.editing import CellEdit, read_text
from workbench.application.ledger.splitting import JoinPreview, SplitPreview
from workbench.application.plain import plain
from workbench.application.ports import Texts
from workbench.bootstrap import Services
from workbench.cli.finding import find_record
from workbench.cli.options import Call, as_date, pairs
from workbench.cli.output import DONE, print_json, print_table
from workbench.domain.catalogue import CATALOGUE
from workbench.domain.display import grouped
from workbench.domain.findings import UsageError
from workbench.domain.parcels.joining import JoinPlan
from workbench.domain.parcels.limits import LandFigures, LimitCheck
from workbench.domain.parcels.parts import Part, SplitPlan
from workbench.domain.values import mu

Commands = Any
TRUTHS = {True: "yes", False: "no", None: "unknown"}


def declare(commands: Commands, texts: Texts) -> None:
    """Add the commands of this room."""
    splitting = commands.add_parser("split", help=texts("splitting.help.split"))
    splitting.add_argument("project", metavar="PROJECT")
    splitting.add_argument("key", metavar="PARCEL")
    splitting.add_argument(
        "--part", action="append", required=True, metavar="CODE[=AREA]",
        help=texts("splitting.help.part"),
    )  # fmt: skip
    for option, metavar in (("name", "CODE=NAME"), ("building", "BUILDING=CODE"),
                            ("stays", "ENCUMBRANCE=CODE,CODE"), ("transfers", "CODE")):  # fmt: skip
        splitting.add_argument(
            f"--{option}", action="append", default=[], metavar=metavar,
            help=texts(f"splitting.help.{option}"),
        )  # fmt: skip
    splitting.set_defaults(run=run_split)
    joining = commands.add_parser("join", help=texts("splitting.help.join"))
    joining.add_argument("project", metavar="PROJECT")
    joining.add_argument("keys", nargs="+", metavar="PARCEL")
    joining.add_argument("--code", required=True, metavar="CODE")
    joining.add_argument("--name", default="", metavar="NAME")
    joining.add_argument(
        "--take", action="append", default=[], metavar="FIELD=PARCEL",
        help=texts("splitting.help.take"),
    )  # fmt: skip
    joining.set_defaults(run=run_join)
    for parser in (splitting, joining):
        parser.add_argument("--reason", default="", help=texts("cli.help.reason"))
        parser.add_argument("--as-of", metavar="DATE", help=texts("cli.help.as_of"))
        parser.add_argument("--dry-run", action="store_true", help=texts("cli.help.dry_run"))
        parser.add_argument("--json", action="store_true", help=texts("cli.help.json"))


def run_split(call: Call) -> int:
    """Divide a parcel, or show what dividing it would do."""
    services = call.program.open(call.options.project, dry_run=call.options.dry_run)
    options = call.options
    as_of = as_date(options.as_of) if options.as_of else None
    plan = _plan(services, call)
    preview = services.splitting.preview(plan, as_of)
    keys = [] if options.dry_run else services.splitting.split(plan, options.reason, as_of)
    if options.json:
        print_json(_split_document(preview, list(keys), call.texts))
    else:
        _print_split(preview, call.texts)
        _print_done(call.texts, dry=options.dry_run)
    services.close()
    return DONE


def run_join(call: Call) -> int:
    """Make one parcel of several, or show what that would do."""
    services = call.program.open(call.options.project, dry_run=call.options.dry_run)
    options = call.options
    as_of = as_date(options.as_of) if options.as_of else None
    keys = tuple(find_record(services, "parcel", word).key for word in options.keys)
    taken = pairs(options.take)
    chosen = {name: find_record(services, "parcel", word).key for name, word in taken.items()}
    plan = JoinPlan(keys, options.code, options.name, chosen)
    preview = services.splitting.preview_join(keys, as_of)
    key = "" if options.dry_run else services.splitting.join(plan, options.reason, as_of)
    if options.json:
        print_json(_join_document(preview, key))
    else:
        _print_join(preview, call.texts)
        _print_done(call.texts, dry=options.dry_run)
    services.close()
    return DONE


def _plan(services: Services, call: Call) -> SplitPlan:
    options = call.options
    parcel = find_record(services, "parcel", options.key)
    areas = {code: area for code, _, area in (word.partition("=") for word in options.part)}
    names, homes = pairs(options.name), pairs(options.building)
    numbers = {code: at for at, code in enumerate(areas)}
    for code in (*names, *homes.values(), *options.transfers):
        _number(numbers, code)
    buildings: dict[str, list[str]] = {}
    for word, code in homes.items():
        buildings.setdefault(code, []).append(find_record(services, "building", word).key)
    parts = tuple(
        Part(
            code,
            names.get(code, ""),
            _area(text) if text else None,
            tuple(buildings.get(code, ())),
            code in options.transfers,
        )
        for code, text in areas.items()
    )
    stays = {
        find_record(services, "encumbrance", word).key: tuple(
            _number(numbers, code) for code in codes.split(",")
        )
        for word, codes in pairs(options.stays).items()
    }
    return SplitPlan(parcel.key, parts, stays)


def _number(numbers: dict[str, int], code: str) -> int:
    if code not in numbers:
        raise UsageError("splitting.no_such_part", code=code, known=" ".join(numbers))
    return numbers[code]


def _area(text: str) -> Decimal:
    """Read an area as the grid does: 30亩, 2ha, 13333㎡; a bare number is in 亩."""
    field = CATALOGUE["parcel"]["area_cert"]
    state, _ = read_text(CellEdit("parcel", "", field.key, text), field)
    if not isinstance(state.value, Decimal):
        raise UsageError("splitting.bad_area", text=text)
    return state.value


def _check(check: LimitCheck) -> dict[str, Any]:
    return {
        "rule": check.rule,
        "truth": check.truth,
        "value": None if check.value is None else float(check.value),
        "limit": None if check.limit is None else float(check.limit),
        "missing": [f"{cell.entity}.{cell.field}" for cell in check.missing],
    }


def _split_document(preview: SplitPreview, keys: list[str], texts: Texts) -> dict[str, Any]:
    held = preview.self_hold
    return {
        "parcel": preview.parcel.key,
        "keys": keys,
        "rounding": float(preview.rounding),
        "parts": [
            {
                "code": item.part.code,
                "buildings": list(item.part.buildings),
                **{name: float(amount) for name, amount in item.amounts.items()},
                "far": plain(item.figures.far),
                "density": plain(item.figures.density),
                "checks": [_check(check) for check in item.figures.checks],
            }
            for item in preview.parts
        ],
        "self_hold": None if held is None else _check(held),
        "pathway": [
            {
                "id": check.id,
                "text": check.text.get(texts.language),
                "solve_first": check.way_out or None,
            }
            for check in preview.pathway.to_fix
        ],
        "to_verify": list(preview.to_verify),
        "failed": list(preview.failed),
    }


def _join_document(preview: JoinPreview, key: str) -> dict[str, Any]:
    figures = preview.figures
    return {
        "key": key or None,
        "sums": {name: plain(amount) for name, amount in preview.sums.items()},
        "differing": {
            name: [plain(value) for value in values] for name, values in preview.differing.items()
        },
        "checks": [_check(check) for check in (*preview.checks, *_of(figures))],
        "to_verify": list(preview.to_verify),
        "failed": list(preview.failed),
    }


def _of(figures: LandFigures | None) -> Iterable[LimitCheck]:
    return figures.checks if figures else ()


def _print_split(preview: SplitPreview, texts: Texts) -> None:
    heads = [
        texts(f"splitting.column.{name}") for name in ("code", "area", "price", "far", "rules")
    ]
    rows = []
    for item in preview.parts:
        land = item.amounts.get("area_cert", item.amounts.get("area_actual"))
        price = item.amounts.get("grant_price")
        far = item.figures.far
        verdicts = [_verdict(check, texts) for check in item.figures.checks]
        rows.append([
            item.part.code,
            "—" if land is None else grouped(mu(land), 2),
            "—" if price is None else grouped(price / 10000, 2),
            texts("splitting.truth.unknown") if far is None else grouped(far, 2),
            "；".join(verdicts),
        ])  # fmt: skip
    print_table(heads, rows)
    for check in preview.pathway.to_fix:
        way = f" → {check.way_out}" if check.way_out else ""
        print(f"{check.id} {check.text.get(texts.language)}{way}")


def _print_join(preview: JoinPreview, texts: Texts) -> None:
    for check in (*preview.checks, *_of(preview.figures)):
        print(_verdict(check, texts))
    for name in preview.differing:
        print(texts("splitting.differs", field=CATALOGUE["parcel"][name].title(texts.language)))


def _verdict(check: LimitCheck, texts: Texts) -> str:
    truth = texts(f"splitting.truth.{TRUTHS[check.truth]}")
    return f"{texts(f'splitting.rule.{check.rule}')} {truth}"


def _print_done(texts: Texts, *, dry: bool) -> None:
    print(texts("splitting.dry" if dry else "splitting.done"))
