"""One worked example per model, from domain §5e where it has one (money in 元)."""

from datetime import date
from decimal import Decimal

from tests.finance_rig import wan, wans
from workbench.domain.values import MU_IN_M2

SAMPLES = {
    "dated_flows": {
        "flows": tuple(
            {"on": date.fromisoformat(on), "amount": Decimal(amount), "what": what}
            for on, amount, what in (
                ("2008-01-01", -10000, "投入"),
                ("2008-03-01", 2750, "回款一"),
                ("2008-10-30", 4250, "回款二"),
                ("2009-02-15", 3250, "回款三"),
                ("2009-04-01", 2750, "回款四"),
            )
        ),
        "discount_rate": 0.09,
    },
    "transfer": {
        "price": wan(1341),
        "net_book": wan(700),
        "replacement_cost": wan(1250),
        "newness": 0.75,
        "land_paid": wan(150),
        "appraisal_fee": wan(5),
        "exchange_fee": wan(10),
    },
    "lease_up": {
        "area": 20000,
        "rent": 15,
        "occupancy": (0.60, 0.72, 0.82, 0.88, 0.90),
        "base_occupancy": 0.45,
        "capex": wan(900),
        "loan": wan(600),
    },
    "lease_up with a monthly loan": {
        "area": 20000,
        "rent": 15,
        "occupancy": (0.60, 0.72, 0.82, 0.88, 0.90),
        "base_occupancy": 0.45,
        "capex": wan(900),
        "loan": wan(600),
        "loan_frequency": "按月",
        "loan_method": "等额本息",
        "loan_grace": 1,
    },
    "lease_up by month": {
        "basis": "按租约逐月",
        "area": 20000,
        "rent": 15,
        "start_on": date(2026, 7, 1),
        "capex": wan(900),
        "leases": (
            {
                "name": "HT-1",
                "area": Decimal(3000),
                "rent": Decimal(14),
                "start_on": date(2024, 3, 1),
                "end_on": date(2027, 2, 28),
                "free_months": Decimal(0),
                "step_months": Decimal(12),
                "step_rate": Decimal("0.03"),
            },
            {
                "name": "HT-2",
                "area": Decimal(6000),
                "rent": Decimal(13),
                "start_on": date(2025, 9, 16),
                "end_on": date(2030, 9, 15),
                "free_months": Decimal(3),
            },
        ),
    },
    "joint_venture": {
        "capital": wan(20000),
        "net_profit": wans(-600, 800, 2000, 3200, 4000, 4200, 4200, 4200),
        "soe_share": 0.49,
        "distribution_share": 0.725,
        "unanimous": True,
    },
    "three_source": {
        "relocation": (wan(4200),),
        "infrastructure": wans(0, 1200),
        "preparation": wans(0, 0, 800),
        "land_sold": (0, 56 * MU_IN_M2),
        "land_price": Decimal(28) * 15,
        "tax_total": wans(0, 300, 900, 1600, 2200, 2600, 2800),
        "dividends": wans(*(d * 0.725 for d in (0, 180, 1800, 2880, 3600, 3780))),
        "discount_rate": 0.05,
        "legal_basis_profit": True,
        "legal_basis_land": True,
        "legal_basis_tax": True,
    },
    "land_grant": {"area": 50 * MU_IN_M2, "base_price": Decimal(18) * 15, "years": 32},
    "debt": {
        "assets": wan(26000),
        "liabilities": wan(18200),
        "sold_book": wan(700),
        "net_cash": wan("1076.37"),
        "repaid": wan(1000),
    },
    "debt_service": {
        "loan": wan(3000),
        "loan_fee": wan(30),
        "loan_rate": 0.042,
        "loan_frequency": "按季",
        "loan_method": "等额本息",
        "loan_turns": 36,
        "grace_turns": 0,
        "noi": wans(380, 420, 450, 465),
        "book_cost": wan(6200),
        "worn_years": 3,
    },
    "debt_service with a reserve": {
        "years": 5,
        "loan": wan(3000),
        "loan_frequency": "按月",
        "loan_method": "到期还本",
        "loan_turns": 48,
        "noi": wans(680, 720),
        "book_cost": wan(6200),
        "wear": "年数总和法",
        "reserve_now": wan(200),
        "reserve_paid": wan(45),
    },
    "hold": {
        "noi": wan(150),
        "area": 20000,
        "vacant": 0.55,
        "land_area": 50 * MU_IN_M2,
        "book_cost": wan(3000),
    },
    "storage": {
        "area": 30 * MU_IN_M2,
        "land_comp": Decimal(20) * 15,
        "building_comp": wan(500),
        "net_book": wan(600),
        "secured_debt": wan(300),
        "order_issued": True,
        "preparation": wan(100),
        "resold_area": 28 * MU_IN_M2,
        "resale_price": Decimal(60) * 15,
    },
    "expansion": {
        "land_area": 50 * MU_IN_M2,
        "far_now": 0.8,
        "far_to": 1.6,
        "far_max": 2,
        "build_cost": 2200,
        "rent": 16,
        "loan": wan(3000),
        "loan_years": 8,
    },
    "reit": {"noi": wan(6000), "value": wan(120000), "operating_years": 4, "single_tenant": 0.2},
    "fund": {
        "size": wan(50000),
        "soe_part": 0.3,
        "proceeds": wans(0, 0, 0, 5000, 15000, 30000, 30000, 10000),
        "invested_here": wan(15000),
        "filed": True,
    },
    "development": {
        "gfa": 77000,
        "sale_share": 0.38,
        "sale_price": 4600,
        "rent": 19.5,
        "acquisition": wan(5200),
        "build_cost": 2350,
        "loan_share": 0.55,
        "loan_rate": 0.0385,
        "loan_years": 8,
        "loan_grace": 2,
        "soe_share": 0.49,
        "distribution_share": 0.725,
        "unanimous": True,
        "discount_rate": 0.07,
    },
    "development in tiers": {
        "gfa": 77000,
        "sale_share": 0.38,
        "sale_price": 4600,
        "rent": 19.5,
        "acquisition": wan(5200),
        "build_cost": 2350,
        "soe_share": 0.49,
        "distribution_share": 0.725,
        "split_method": "分层分配",
        "catch_up": "追补",
        "compounding": "按年复利",
        "unanimous": True,
    },
    "joint_venture in tiers": {
        "capital": wan(20000),
        "net_profit": wans(-600, 800, 2000, 3200, 4000, 4200, 4200, 4200),
        "soe_share": 0.49,
        "distribution_share": 0.725,
        "unanimous": True,
        "split_method": "分层分配",
        "catch_up": "追补",
        "tiers": ({"hurdle": Decimal("0.12"), "sponsor": Decimal("0.6")},),
    },
}
"""By model; a second sample of a model has a word after it."""
SAMPLES |= {
    f"dated_flows by {name}": SAMPLES["dated_flows"] | {"day_count": count}
    for name, count in (("360", "实际/360"), ("actual", "实际/实际"), ("30/360", "30/360"))
}


def model_of(sample):
    """The key of the model that a sample is for."""
    return sample.split()[0]
