# SPDX-License-Identifier: MIT
"""Where the rent of a letting comes from: a path of occupancy, or the rent roll month by month."""

from dataclasses import replace
from decimal import Decimal

from workbench.domain.catalogue.declare import (
    REQUIRED,
    area,
    choice,
    day,
    flag,
    integer,
    money,
    number,
    pick,
    share,
    text,
)  # fmt: skip
from workbench.domain.display import Quantity
from workbench.domain.fields import Field
from workbench.domain.finance.building import Book, TableRow, Values
from workbench.domain.finance.inputs import (
    ABOVE_MINUS_ONE,
    AS_OF,
    POSITIVE,
    Limits,
    Rest,
    When,
    ask,
    count,
    series,
    table,
)  # fmt: skip
from workbench.domain.finance.rent_roll import (
    Cohorts,
    Held,
    Turnover,
    by_year,
    cohorts,
    contract_parts,
    contract_rent,
    contract_rent_by_month,
    held,
    unsettled,
)  # fmt: skip
from workbench.domain.finance.terms import ONE, ZERO, Term, at_least, constant, total
from workbench.domain.findings import Level

PATH, ROLL = "出租率路径", "按租约逐月"
_PATH, _ROLL = When("basis", (PATH,)), When("basis", (ROLL,))
_MONTHS = 12
_NAMED = 5
_MEASURED = Decimal("1.01")
RENTABLE = area("area", "可租面积", "Rentable area", REQUIRED, group="scope")

LETTING_INPUTS = (
    count(integer("years", "测算年数", "Years", unit="年", group="scope"), "10", 1, 60),
    ask(RENTABLE, limits=POSITIVE),
    ask(choice("basis", "收入依据", "Income from", pick(f"""
{PATH} = A path of occupancy
{ROLL} = The rent roll, by month
"""), group="income"), PATH),
    ask(number("rent", "现行市场租金", "Market rent today", REQUIRED, unit="元/㎡·月",
               group="income")),
    ask(share("rent_growth", "租金年增长", "Yearly growth of rent", group="income"), "0.02",
        limits=ABOVE_MINUS_ONE),
    series(share("occupancy", "出租率路径", "Path of occupancy", REQUIRED, group="income"),
           length="years", rest=Rest.LAST, when=_PATH),
    ask(share("base_occupancy", "不行动的出租率", "Occupancy without action", REQUIRED,
              group="base"), when=_PATH),
    ask(share("base_growth", "不行动的租金年增长", "Rent growth without action", group="base"),
        "0.02", limits=ABOVE_MINUS_ONE),
    ask(day("start_on", "测算起始日", "Months count from", REQUIRED, group="roll"), AS_OF, when=_ROLL),
    table(text("leases", "在租合同", "Leases in force", group="roll"), (
        ask(text("name", "合同", "Lease"), needed=False),
        ask(area("area", "面积", "Area")),
        ask(number("rent", "租金", "Rent", unit="元/㎡·月")),
        ask(day("start_on", "起租日", "Starts")),
        ask(day("end_on", "到期日", "Ends")),
        ask(number("free_months", "免租期", "Rent-free", unit="月", decimals=1), needed=False),
        ask(integer("step_months", "递增间隔", "Step every", unit="月"), "0"),
        ask(share("step_rate", "每次递增", "Step"), "0", limits=ABOVE_MINUS_ONE),
    ), when=_ROLL),
    replace(ask(integer("free_assumed", "免租期未填的租约按", "Rent-free where a lease states none",
                        unit="月", group="roll"), limits=Limits(Decimal(0), Decimal(120)),
                needed=False, when=_ROLL), structural=True),
    ask(share("renewal", "续租概率", "Probability of renewal", group="roll"), "0.65", when=_ROLL),
    count(integer("downtime", "空置等待期", "Downtime", unit="月", group="roll"), "6", 0, 60, when=_ROLL),
    count(integer("free_new", "新租免租期", "Rent-free, new lease", unit="月", group="roll"), "2", 0, 24,
          when=_ROLL),
    count(integer("free_renewed", "续租免租期", "Rent-free, renewal", unit="月", group="roll"), "0", 0,
          24, when=_ROLL),
    count(integer("term", "新签租期", "Term of a new lease", unit="月", group="roll"), "36", 1, 240,
          when=_ROLL),
    ask(share("target_occupancy", "空置去化目标出租率", "Occupancy that vacancy is let to",
              group="roll"), parameter="occ_target", when=_ROLL),
    count(integer("absorb_months", "空置去化月数", "Months to let the vacancy", unit="月", group="roll"),
          "24", 1, 240, when=_ROLL),
    ask(share("base_renewal", "不行动的续租概率", "Renewal without action", group="base"), "0.5",
        when=_ROLL),
    ask(flag("base_relet", "不行动时到期空间是否再租", "Let again without action", group="base"),
        True, when=_ROLL),
    count(integer("base_downtime", "不行动的空置等待期", "Downtime without action", unit="月",
                  group="base"), "12", 0, 60, when=_ROLL),
    ask(share("collection", "租金收缴率", "Collection", group="income"), parameter="collection"),
)  # fmt: skip

CONTRACTS = money("contract_rent", "在租合同租金", "Rent of leases in force")
FULL = money(
    "contract_full", "其中：不计免租、递增的合同租金", "Of it: rent before free months and steps"
)
FREE = money("contract_free", "其中：在租合同免租（减少）", "Of it: rent-free months (taken off)")
STEPS = money("contract_steps", "其中：在租合同递增（增加）", "Of it: rent steps (added)")
MARKET_FREE = ("market_free", "其中：续租与新租免租（减少）", "Of it: rent-free, renewed and new")
MARKET = money("market_rent", "续租与新租租金", "Rent of renewals and new leases")
BASE_MARKET = money(
    "base_market_rent", "不行动的续租与新租租金", "Rent of renewals and new leases, without action"
)
OCCUPANCY = share("occupancy_year", "年均出租率", "Mean occupancy of the year")
BASE_OCCUPANCY = share("base_occupancy_year", "不行动的年均出租率", "Mean occupancy without action")
_TITLES = {
    "ended": ("到期面积", "Area ending"),
    "renewed": ("续租面积", "Area renewed"),
    "let": ("新租面积", "Area let anew"),
    "occupied": ("续租与新租在租面积", "Renewed and newly let"),
    "paying": ("其中计租面积", "Of it, paying"),
}
_BASE = "_base"


def gross_income(book: Book, values: Values) -> tuple[list[Term], list[Term]]:
    """Return the rent collected by year with the action and without it (元), from year 1."""
    periods = book.periods
    if values.choice("basis") == PATH:
        path = values.series("occupancy", periods)
        stay = [values["base_occupancy"]] * periods
        return (_from_path(values, path, values["rent_growth"]),
                _from_path(values, stay, values["base_growth"]))  # fmt: skip
    return _from_roll(book, values)


def _from_path(values: Values, path: list[Term], growth: Term) -> list[Term]:
    """Return area × rent × 12 × occupancy × collection by year."""
    full = values["area"] * values["rent"] * _MONTHS
    return [ZERO] + [
        full * (ONE + growth) ** year * path[year] * values["collection"]
        for year in range(1, len(path))
    ]


def _from_roll(book: Book, values: Values) -> tuple[list[Term], list[Term]]:
    book.group("roll")
    leases = _leases(book, values)
    own = [_contract(book, number, lease) for number, lease in enumerate(leases, 1)]
    contracts = book.flow(CONTRACTS, [total(year) for year in zip(*own, strict=True)]
                          if own else [ZERO] * book.periods)  # fmt: skip
    parts = contract_parts(leases, book.periods - 1)
    for line, amounts in ((FULL, parts.full), (FREE, parts.free), (STEPS, parts.steps)):
        book.flow(line, amounts)
    months = (book.periods - 1) * _MONTHS
    let = total(lease.row["area"] for lease in leases)
    vacant = at_least(0, values["area"] * values["target_occupancy"] - let)
    turns = values.count("absorb_months")
    vacancy = [vacant / turns if month < turns else ZERO for month in range(months)]
    acting = cohorts(leases, vacancy, _turnover(values, values["renewal"], True,
                                                values.count("downtime")), months, "")  # fmt: skip
    staying = cohorts(
        leases, [ZERO] * months,
        _turnover(values, values["base_renewal"], values.flag("base_relet") is not False,
                  values.count("base_downtime")), months, _BASE)  # fmt: skip
    income = _written(book, values, leases, acting, ("", MARKET, OCCUPANCY, "rent_growth"))
    base = _written(book, values, leases, staying,
                    (_BASE, BASE_MARKET, BASE_OCCUPANCY, "base_growth"))  # fmt: skip
    kept = values["collection"]
    return (
        [(a + b) * kept for a, b in zip(contracts, income, strict=True)],
        [(a + b) * kept for a, b in zip(contracts, base, strict=True)],
    )


def rents_by_month(values: Values) -> list[tuple[str, list[Term]]]:
    """Return name and monthly rent (元) of each lease that counts; month 0 is the first one."""
    if values.choice("basis") != ROLL:
        return []
    scratch = Book(values.count("years") + 1)
    return [
        (lease.row.text("name") or str(number_), contract_rent_by_month(lease))
        for number_, lease in enumerate(_leases(scratch, values), 1)
    ]


def _turnover(values: Values, renewal: Term, relet: bool, downtime: int) -> Turnover:
    return Turnover(renewal, relet, downtime, values.count("free_new"),
                    values.count("free_renewed"), values.count("term"))  # fmt: skip


def _leases(book: Book, values: Values) -> list[Held]:
    """Place the leases on the grid; say which cannot be, and when they let more than there is."""
    start, assumed = values.need_day("start_on"), values.number("free_assumed")
    found, silent = [], []
    for number_, row in enumerate(values.rows("leases"), 1):
        begins, ends = row.day("start_on"), row.day("end_on")
        place = f"leases[{number_}].end_on"
        if begins is not None and ends is not None and ends < begins:
            book.finding("dates_order", Level.ERROR, place, start=begins, end=ends)
            found.append(unsettled(row, "end_on", book.periods - 1))
        elif ends is not None and ends < start:
            book.finding("lease_over", Level.INFO, place, end=ends)
        elif lacking := _lacking(row):
            found.append(unsettled(row, lacking, book.periods - 1))
        else:
            if row.number("free_months") is None:
                silent.append(row.text("name") or str(number_))
            if (lease := held(row, start, book.periods - 1, assumed)) is not None:
                found.append(lease)
    _say_free(book, silent, assumed)
    _check_area(book, values, found)
    return found


def _say_free(book: Book, silent: list[str], assumed: Decimal | None) -> None:
    """Name the leases that state no free months, and what they count with."""
    if not silent:
        return
    names = "、".join(silent[:_NAMED])
    said = {"count": len(silent), "names": f"{names}…" if len(silent) > _NAMED else names}
    if assumed is None:
        book.finding("free_unknown", Level.WARNING, "free_assumed", **said)
    else:
        book.finding("free_counted", Level.INFO, "free_assumed", months=assumed, **said)


def _lacking(row: TableRow) -> str:
    """Return a cell that decides when a lease pays and is not known; "" when all are."""
    for column in ("start_on", "end_on"):
        if row.day(column) is None:
            return column
    if row.refused("free_months"):
        return "free_months"
    return "step_months" if row.number("step_months") is None else ""


def _check_area(book: Book, values: Values, found: list[Held]) -> None:
    """Refuse a rentable area that the leases exceed by more than measuring does (V07: 1 %)."""
    areas = [lease.row.number("area") for lease in found]
    let = sum((area_ for area_ in areas if area_ is not None), Decimal(0))
    whole = values["area"].value
    if whole is not None and let > whole * _MEASURED:
        book.impossible("leases_above_area", "area", let=Quantity(let, RENTABLE),
                        whole=Quantity(whole, RENTABLE))  # fmt: skip


def _contract(book: Book, number_: int, lease: Held) -> list[Term]:
    """Write one lease's own rent by year."""
    name = lease.row.text("name") or str(number_)
    field = money(f"lease_{number_}", f"合同 {name}", f"Lease {name}")
    return book.flow(field, contract_rent(lease))


def _written(
    book: Book, values: Values, leases: list[Held], found: Cohorts,
    names: tuple[str, Field, Field, str],
) -> list[Term]:  # fmt: skip
    """Write the monthly areas, the rent they bring by year, and the mean occupancy."""
    mark, rent_line, occupancy_line, growth_key = names
    for key, months in found.lines.items():
        zh, en = _TITLES[key.removesuffix(mark) if mark else key]
        if mark:
            zh, en = f"{zh}（不行动）", f"{en}, without action"
        book.months(area(key, zh, en), months)
    growth = ONE + values[growth_key]
    market = [
        amount * values["rent"] * growth**year if year else ZERO
        for year, amount in enumerate(by_year(found.paying))
    ]
    _write_occupancy(book, values, leases, found, occupancy_line)
    written = book.flow(rent_line, market)
    waiting = [a - b for a, b in zip(by_year(found.occupied), by_year(found.paying), strict=True)]
    key, zh, en = MARKET_FREE
    free = money(f"{key}{mark}", f"{zh}（不行动）" if mark else zh,
                 f"{en}, without action" if mark else en)  # fmt: skip
    book.flow(free, [
        amount * values["rent"] * growth**year if year else ZERO
        for year, amount in enumerate(waiting)
    ])  # fmt: skip
    return written


def _write_occupancy(
    book: Book, values: Values, leases: list[Held], found: Cohorts, line: Field
) -> None:
    shares = [ZERO]
    for year, renewed in enumerate(by_year(found.occupied)[1:]):
        own = total(
            lease.row["area"] * constant(lease.area_months[year])
            for lease in leases
            if lease.area_months[year]
        )
        shares.append((own + renewed) / (values["area"] * _MONTHS))
    book.flow(line, shares)
