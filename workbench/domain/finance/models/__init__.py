# SPDX-License-Identifier: MIT
"""The models of domain §5d, one module each, and the registry of all of them."""

from workbench.domain.finance.model import Model
from workbench.domain.finance.models.dated_flows import DATED_FLOWS
from workbench.domain.finance.models.debt import DEBT
from workbench.domain.finance.models.debt_service import DEBT_SERVICE
from workbench.domain.finance.models.development import DEVELOPMENT
from workbench.domain.finance.models.expansion import EXPANSION
from workbench.domain.finance.models.fund import FUND
from workbench.domain.finance.models.hold import HOLD
from workbench.domain.finance.models.joint_venture import JOINT_VENTURE
from workbench.domain.finance.models.land_grant import LAND_GRANT
from workbench.domain.finance.models.lease_up import LEASE_UP
from workbench.domain.finance.models.reit import REIT
from workbench.domain.finance.models.storage import STORAGE
from workbench.domain.finance.models.three_source import THREE_SOURCE
from workbench.domain.finance.models.transfer import TRANSFER

MODELS: dict[str, Model] = {
    model.key: model
    for model in (
        HOLD, TRANSFER, LEASE_UP, EXPANSION, DEVELOPMENT, JOINT_VENTURE, LAND_GRANT, STORAGE, THREE_SOURCE,
        FUND, DEBT, DEBT_SERVICE, REIT, DATED_FLOWS,
    )
}  # fmt: skip
"""All models by key, in the order in which they are offered."""


def model(key: str) -> Model | None:
    """Return a model by its key, or None."""
    return MODELS.get(key)
