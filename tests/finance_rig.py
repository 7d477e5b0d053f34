"""Models with the shipped policy numbers, in memory: money is written in 万元, as the books do."""

from datetime import date
from decimal import Decimal

from workbench.domain.bilingual import Bilingual
from workbench.domain.finance.model import calculate
from workbench.domain.finance.models import MODELS
from workbench.domain.finance.settling import Surroundings
from workbench.domain.parameters import ParameterSet, PolicyParam
from workbench.domain.references import Reliability, Source

AS_OF = date(2026, 6, 30)
TEXT = Bilingual("甲", "A")
LAW = Source("law", TEXT, TEXT, Reliability.HIGH)
NUMBERS = {
    "vat_simple_rate": "0.05",
    "vat_general_rate": "0.09",
    "vat_statutory_levy_rate": "0.03",
    "surcharge_city": "0.07",
    "surcharge_town": "0.05",
    "surcharge_other": "0.01",
    "surcharge_education": "0.05",
    "stamp_transfer": "0.0005",
    "stamp_lease": "0.001",
    "deed_tax": "0.03",
    "cit_rate": "0.25",
    "property_tax_rent": "0.12",
    "property_tax_value": "0.012",
    "property_tax_deduct": "0.3",
    "land_use_tax": "4",
    "min_price_ratio_without_reapproval": "0.9",
    "reit_dispatch_min": "0.038",
    "reit_payout_min": "0.9",
    "reit_years_min": "3",
    "reit_first_value_min": "1000000000",
    "discount_rate": "0.08",
    "cap_rate": "0.075",
    "land_rev_accrual": "0.25",
    "local_tax_share": "0.4",
    "district_share": "0.5",
    "occ_target": "0.9",
    "collection": "0.96",
    "opex_ratio": "0.18",
    "industrial_term_max": "50",
    "dscr_min": "1.2",
    "single_tenant_max": "0.5",
    "lat_invoice_uplift": "0.05",
    "lat_expense_rate": "0.1",
    "lat_deemed_rate": "0.05",
}
BRACKETS = tuple(
    tuple(None if part is None else Decimal(part) for part in row)
    for row in (("0.5", "0.3", "0"), ("1", "0.4", "0.05"), ("2", "0.5", "0.15"),
                (None, "0.6", "0.35"))
)  # fmt: skip


def a_param(code, value, **more):
    """A nationwide, verified parameter; fields that matter are given by name."""
    return PolicyParam(code, more.pop("region", ""), value, "%", TEXT, LAW,
                       verified_on=more.pop("verified_on", date(2026, 1, 31)), **more)  # fmt: skip


PARAMETERS = ParameterSet(
    (
        *(a_param(code, Decimal(value)) for code, value in NUMBERS.items()),
        a_param("lat_brackets", BRACKETS),
    )
)
AROUND = Surroundings(PARAMETERS, AS_OF)


def wan(number):
    """万元 as 元."""
    return Decimal(str(number)) * 10000


def wans(*numbers):
    return tuple(wan(number) for number in numbers)


def plain(value):
    """Write 0.5 for Decimal("0.5"); texts, dates and flags stay."""
    if isinstance(value, float) or (isinstance(value, int) and not isinstance(value, bool)):
        return Decimal(str(value))
    if isinstance(value, tuple | list):
        return tuple(plain(item) for item in value)
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value


_known = {}


def run(model, around=AROUND, **stated):
    """Calculate a model by its key; numbers may be written plainly.

    What was asked before is not calculated again: many tests look at one sample.
    """
    values = {key: plain(value) for key, value in stated.items()}
    if around is not AROUND:
        return calculate(MODELS[model], values, around)
    asked = repr((model, values))
    if asked not in _known:
        _known[asked] = calculate(MODELS[model], values, around)
    return _known[asked]


def in_wan(number, places=2):
    """A result in 万元, rounded as the golden numbers are printed."""
    return None if number is None else round(number / 10000, places)


def amounts(result, key, places=1):
    return [in_wan(value, places) for value in result.line(key).values]


def value(result, key):
    """A line's only figure, in 万元."""
    return in_wan(next(v for v in result.line(key).values if v != 0))


def floats(*numbers):
    return [Decimal(str(number)) for number in numbers]
